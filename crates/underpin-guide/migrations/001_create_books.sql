-- create books
--
-- revision: 001
-- revises: none

-- +upgrade
CREATE TABLE books (id bigint NOT NULL, CONSTRAINT pk_books PRIMARY KEY (id));

-- +downgrade
DROP TABLE books;
