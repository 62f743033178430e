-- Create users, teams, user_team_link and catalog_items
--
-- revision: 001
-- revises: none
-- created: 2026-11-21T07:40:00Z

-- +upgrade postgres
CREATE TYPE team_role AS ENUM ('member', 'maintainer');

CREATE TYPE item_kind AS ENUM ('service', 'library', 'website', 'dataset');

CREATE TABLE users (
    id    varchar(36)  NOT NULL,
    name  varchar(100) NOT NULL,
    email varchar(255) NOT NULL,
    CONSTRAINT pk_users PRIMARY KEY (id),
    CONSTRAINT uq_users_email UNIQUE (email)
);

CREATE TABLE teams (
    id   varchar(36)  NOT NULL,
    name varchar(100) NOT NULL,
    slug varchar(63)  NOT NULL,
    CONSTRAINT pk_teams PRIMARY KEY (id),
    CONSTRAINT uq_teams_slug UNIQUE (slug)
);

CREATE TABLE user_team_link (
    user_id varchar(36)              NOT NULL,
    team_id varchar(36)              NOT NULL,
    role    team_role                NOT NULL,
    since   timestamp with time zone NOT NULL,
    CONSTRAINT pk_user_team_link PRIMARY KEY (user_id, team_id),
    CONSTRAINT fk_user_team_link_user_id_users FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE,
    CONSTRAINT fk_user_team_link_team_id_teams FOREIGN KEY (team_id) REFERENCES teams (id) ON DELETE CASCADE
);

CREATE TABLE catalog_items (
    id             varchar(36)   NOT NULL,
    team_id        varchar(36)   NOT NULL,
    name           varchar(100)  NOT NULL,
    kind           item_kind     NOT NULL,
    description    text          NOT NULL,
    repository_url varchar(2000) NOT NULL,
    attributes     jsonb         NOT NULL,
    CONSTRAINT pk_catalog_items PRIMARY KEY (id),
    CONSTRAINT fk_catalog_items_team_id_teams FOREIGN KEY (team_id) REFERENCES teams (id)
);

-- +upgrade sqlite
CREATE TABLE users (
    id    VARCHAR(36)  NOT NULL,
    name  VARCHAR(100) NOT NULL,
    email VARCHAR(255) NOT NULL,
    CONSTRAINT pk_users PRIMARY KEY (id),
    CONSTRAINT uq_users_email UNIQUE (email)
);

CREATE TABLE teams (
    id   VARCHAR(36)  NOT NULL,
    name VARCHAR(100) NOT NULL,
    slug VARCHAR(63)  NOT NULL,
    CONSTRAINT pk_teams PRIMARY KEY (id),
    CONSTRAINT uq_teams_slug UNIQUE (slug)
);

CREATE TABLE user_team_link (
    user_id VARCHAR(36) NOT NULL,
    team_id VARCHAR(36) NOT NULL,
    role    VARCHAR     NOT NULL,
    since   TIMESTAMP   NOT NULL,
    CONSTRAINT pk_user_team_link PRIMARY KEY (user_id, team_id),
    CONSTRAINT fk_user_team_link_user_id_users FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE,
    CONSTRAINT fk_user_team_link_team_id_teams FOREIGN KEY (team_id) REFERENCES teams (id) ON DELETE CASCADE,
    CONSTRAINT ck_user_team_link_role CHECK (role IN ('member', 'maintainer'))
);

CREATE TABLE catalog_items (
    id             VARCHAR(36)   NOT NULL,
    team_id        VARCHAR(36)   NOT NULL,
    name           VARCHAR(100)  NOT NULL,
    kind           VARCHAR       NOT NULL,
    description    TEXT          NOT NULL,
    repository_url VARCHAR(2000) NOT NULL,
    attributes     TEXT          NOT NULL,
    CONSTRAINT pk_catalog_items PRIMARY KEY (id),
    CONSTRAINT fk_catalog_items_team_id_teams FOREIGN KEY (team_id) REFERENCES teams (id),
    CONSTRAINT ck_catalog_items_kind CHECK (kind IN ('service', 'library', 'website', 'dataset'))
);

-- +upgrade
CREATE INDEX ix_user_team_link_team_id ON user_team_link (team_id);
CREATE INDEX ix_catalog_items_team_id ON catalog_items (team_id);

-- +downgrade
DROP TABLE catalog_items;
DROP TABLE user_team_link;
DROP TABLE teams;
DROP TABLE users;

-- +downgrade postgres
DROP TYPE item_kind;
DROP TYPE team_role;
