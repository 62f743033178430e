-- Create documents, borrowers, income_records, account_numbers and source_references
--
-- revision: 001
-- revises: none
-- created: 2026-11-21T09:30:00Z

-- +upgrade postgres
CREATE TYPE document_kind AS ENUM ('pdf', 'docx', 'image');

CREATE TYPE document_status AS ENUM ('pending', 'processing', 'completed', 'failed');

CREATE TYPE pay_period AS ENUM ('week', 'two_weeks', 'month', 'year');

CREATE TYPE account_kind AS ENUM ('checking', 'savings', 'loan');

CREATE TABLE documents (
    id               uuid                     NOT NULL,
    file_name        varchar(255)             NOT NULL,
    file_hash        varchar(64)              NOT NULL,
    kind             document_kind            NOT NULL,
    size_bytes       bigint                   NOT NULL,
    storage_location varchar(255)             NOT NULL,
    status           document_status          NOT NULL,
    page_count       bigint,
    extracted_text   text,
    error_message    text,
    created_at       timestamp with time zone NOT NULL,
    processed_at     timestamp with time zone,
    CONSTRAINT pk_documents PRIMARY KEY (id),
    CONSTRAINT uq_documents_file_hash UNIQUE (file_hash),
    CONSTRAINT ck_documents_size_bytes CHECK (size_bytes > 0),
    CONSTRAINT ck_documents_page_count CHECK (page_count >= 0)
);

CREATE TABLE borrowers (
    id                  varchar(36)   NOT NULL,
    name                varchar(200)  NOT NULL,
    phone               varchar(200),
    email               varchar(200),
    address_street      varchar(200),
    address_city        varchar(200),
    address_region      varchar(200),
    address_postal_code varchar(200),
    address_country     varchar(200),
    confidence          numeric(5, 4) NOT NULL,
    CONSTRAINT pk_borrowers PRIMARY KEY (id),
    CONSTRAINT ck_borrowers_confidence CHECK (confidence BETWEEN 0 AND 1)
);

CREATE TABLE income_records (
    id          varchar(36)    NOT NULL,
    borrower_id varchar(36)    NOT NULL,
    amount      numeric(14, 2) NOT NULL,
    period      pay_period     NOT NULL,
    year        integer        NOT NULL,
    source      varchar(200)   NOT NULL,
    employer    varchar(200),
    CONSTRAINT pk_income_records PRIMARY KEY (id),
    CONSTRAINT ck_income_records_amount CHECK (amount >= 0),
    CONSTRAINT fk_income_records_borrower_id_borrowers
        FOREIGN KEY (borrower_id) REFERENCES borrowers (id) ON DELETE CASCADE
);

CREATE TABLE account_numbers (
    id          varchar(36)  NOT NULL,
    borrower_id varchar(36)  NOT NULL,
    number      bytea        NOT NULL,
    kind        account_kind NOT NULL,
    CONSTRAINT pk_account_numbers PRIMARY KEY (id),
    CONSTRAINT fk_account_numbers_borrower_id_borrowers
        FOREIGN KEY (borrower_id) REFERENCES borrowers (id) ON DELETE CASCADE
);

CREATE TABLE source_references (
    id          varchar(36)   NOT NULL,
    borrower_id varchar(36)   NOT NULL,
    document_id uuid          NOT NULL,
    page        integer       NOT NULL,
    section     varchar(200),
    snippet     varchar(1000) NOT NULL,
    CONSTRAINT pk_source_references PRIMARY KEY (id),
    CONSTRAINT ck_source_references_page CHECK (page >= 1),
    CONSTRAINT fk_source_references_borrower_id_borrowers
        FOREIGN KEY (borrower_id) REFERENCES borrowers (id) ON DELETE CASCADE,
    CONSTRAINT fk_source_references_document_id_documents FOREIGN KEY (document_id) REFERENCES documents (id)
);

-- +upgrade sqlite
CREATE TABLE documents (
    id               CHAR(36)       NOT NULL,
    file_name        VARCHAR(255) NOT NULL,
    file_hash        VARCHAR(64)  NOT NULL,
    kind             VARCHAR      NOT NULL,
    size_bytes       BIGINT       NOT NULL,
    storage_location VARCHAR(255) NOT NULL,
    status           VARCHAR      NOT NULL,
    page_count       BIGINT,
    extracted_text   TEXT,
    error_message    TEXT,
    created_at       TIMESTAMP    NOT NULL,
    processed_at     TIMESTAMP,
    CONSTRAINT pk_documents PRIMARY KEY (id),
    CONSTRAINT uq_documents_file_hash UNIQUE (file_hash),
    CONSTRAINT ck_documents_kind CHECK (kind IN ('pdf', 'docx', 'image')),
    CONSTRAINT ck_documents_size_bytes CHECK (size_bytes > 0),
    CONSTRAINT ck_documents_status CHECK (status IN ('pending', 'processing', 'completed', 'failed')),
    CONSTRAINT ck_documents_page_count CHECK (page_count >= 0)
);

CREATE TABLE borrowers (
    id                  VARCHAR(36)   NOT NULL,
    name                VARCHAR(200)  NOT NULL,
    phone               VARCHAR(200),
    email               VARCHAR(200),
    address_street      VARCHAR(200),
    address_city        VARCHAR(200),
    address_region      VARCHAR(200),
    address_postal_code VARCHAR(200),
    address_country     VARCHAR(200),
    confidence          NUMERIC(5, 4) NOT NULL,
    CONSTRAINT pk_borrowers PRIMARY KEY (id),
    CONSTRAINT ck_borrowers_confidence CHECK (confidence BETWEEN 0 AND 10000)
);

CREATE TABLE income_records (
    id          VARCHAR(36)    NOT NULL,
    borrower_id VARCHAR(36)    NOT NULL,
    amount      NUMERIC(14, 2) NOT NULL,
    period      VARCHAR        NOT NULL,
    year        INTEGER        NOT NULL,
    source      VARCHAR(200)   NOT NULL,
    employer    VARCHAR(200),
    CONSTRAINT pk_income_records PRIMARY KEY (id),
    CONSTRAINT ck_income_records_amount CHECK (amount >= 0),
    CONSTRAINT ck_income_records_period CHECK (period IN ('week', 'two_weeks', 'month', 'year')),
    CONSTRAINT fk_income_records_borrower_id_borrowers
        FOREIGN KEY (borrower_id) REFERENCES borrowers (id) ON DELETE CASCADE
);

CREATE TABLE account_numbers (
    id          VARCHAR(36) NOT NULL,
    borrower_id VARCHAR(36) NOT NULL,
    number      BLOB        NOT NULL,
    kind        VARCHAR     NOT NULL,
    CONSTRAINT pk_account_numbers PRIMARY KEY (id),
    CONSTRAINT ck_account_numbers_kind CHECK (kind IN ('checking', 'savings', 'loan')),
    CONSTRAINT fk_account_numbers_borrower_id_borrowers
        FOREIGN KEY (borrower_id) REFERENCES borrowers (id) ON DELETE CASCADE
);

CREATE TABLE source_references (
    id          VARCHAR(36)   NOT NULL,
    borrower_id VARCHAR(36)   NOT NULL,
    document_id CHAR(36)        NOT NULL,
    page        INTEGER       NOT NULL,
    section     VARCHAR(200),
    snippet     VARCHAR(1000) NOT NULL,
    CONSTRAINT pk_source_references PRIMARY KEY (id),
    CONSTRAINT ck_source_references_page CHECK (page >= 1),
    CONSTRAINT fk_source_references_borrower_id_borrowers
        FOREIGN KEY (borrower_id) REFERENCES borrowers (id) ON DELETE CASCADE,
    CONSTRAINT fk_source_references_document_id_documents FOREIGN KEY (document_id) REFERENCES documents (id)
);

-- +upgrade
CREATE INDEX ix_documents_status_created_at_id ON documents (status, created_at, id);
CREATE INDEX ix_documents_created_at_id ON documents (created_at, id);
CREATE INDEX ix_borrowers_name ON borrowers (name);
CREATE INDEX ix_income_records_borrower_id ON income_records (borrower_id);
CREATE INDEX ix_account_numbers_borrower_id ON account_numbers (borrower_id);
CREATE INDEX ix_source_references_borrower_id ON source_references (borrower_id);
CREATE INDEX ix_source_references_document_id ON source_references (document_id);

-- +downgrade
DROP TABLE source_references;
DROP TABLE account_numbers;
DROP TABLE income_records;
DROP TABLE borrowers;
DROP TABLE documents;

-- +downgrade postgres
DROP TYPE account_kind;
DROP TYPE pay_period;
DROP TYPE document_status;
DROP TYPE document_kind;
