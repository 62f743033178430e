-- Write all addresses in lower case
--
-- revision: 002
-- revises: 001

-- +upgrade call lower_emails

-- +downgrade
