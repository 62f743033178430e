-- Create users
--
-- revision: 001
-- revises: none

-- +upgrade
CREATE TABLE users (id integer PRIMARY KEY);

-- +downgrade
DROP TABLE users;
