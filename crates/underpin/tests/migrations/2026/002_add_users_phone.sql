-- Add users.phone
--
-- revision: 002
-- revises: 001

-- +upgrade
ALTER TABLE users ADD COLUMN phone varchar(32);

-- +downgrade
ALTER TABLE users DROP COLUMN phone;
