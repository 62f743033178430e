-- Create customers
--
-- revision: 001
-- revises: none

-- +upgrade
CREATE TABLE customers (id integer PRIMARY KEY, email text NOT NULL);

-- +downgrade
DROP TABLE customers;
