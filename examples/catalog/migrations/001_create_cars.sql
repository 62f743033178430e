-- Create cars
--
-- A price is exact: PostgreSQL keeps it as a decimal, SQLite as the whole number of its hundredths, so that prices
-- compare and add up as numbers on both.
--
-- revision: 001
-- revises: none
-- created: 2026-11-21T07:00:00Z

-- +upgrade postgres
CREATE TABLE cars (
    id        text           NOT NULL,
    make      text           NOT NULL,
    model     text           NOT NULL,
    year      integer        NOT NULL,
    price_mxn numeric(12, 2) NOT NULL,
    CONSTRAINT pk_cars PRIMARY KEY (id)
);

-- +upgrade sqlite
CREATE TABLE cars (
    id        TEXT           NOT NULL,
    make      TEXT           NOT NULL,
    model     TEXT           NOT NULL,
    year      INTEGER        NOT NULL,
    price_mxn NUMERIC(12, 2) NOT NULL,
    CONSTRAINT pk_cars PRIMARY KEY (id)
);

-- +upgrade
CREATE INDEX ix_cars_make ON cars (make);
CREATE INDEX ix_cars_model ON cars (model);
CREATE INDEX ix_cars_year ON cars (year);
CREATE INDEX ix_cars_price_mxn ON cars (price_mxn);

-- +downgrade
DROP TABLE cars;
