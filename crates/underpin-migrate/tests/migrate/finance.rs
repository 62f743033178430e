//! The first migration of the finance example: the tables that are specified, and nothing left behind.

use std::collections::BTreeSet;
use std::path::PathBuf;

use underpin_migrate::{Destination, Dialect, Graph, Plan, Revisions, Runner};

use super::postgres::scratch;
use super::sqlite::Sqlite;

/// Everything that a schema contains but the journal: relations, constraints, indexes, sequences.
const POSTGRES_OBJECTS: &str = "
SELECT CAST('relation ' || relname AS text)
FROM pg_catalog.pg_class
WHERE relnamespace = 'public'::regnamespace AND relname NOT LIKE '%underpin\\_revisions'
UNION ALL
SELECT CAST('constraint ' || conname AS text)
FROM pg_catalog.pg_constraint
WHERE connamespace = 'public'::regnamespace AND conname NOT LIKE '%underpin\\_revisions'
UNION ALL
SELECT CAST('type ' || typname AS text)
FROM pg_catalog.pg_type
WHERE typnamespace = 'public'::regnamespace AND typname NOT LIKE '%underpin\\_revisions'
ORDER BY 1";

const POSTGRES_COLUMNS: &str = "
SELECT concat_ws(' ', table_name, column_name, data_type || coalesce('(' || character_maximum_length || ')', ''),
                 CASE is_nullable WHEN 'NO' THEN 'not null' END, column_default,
                 CASE is_identity WHEN 'YES' THEN 'identity' END)
FROM information_schema.columns
WHERE table_schema = 'public' AND table_name <> 'underpin_revisions'
ORDER BY table_name, ordinal_position";

const POSTGRES_DEFINITIONS: &str = "
SELECT CAST(conname || ': ' || pg_get_constraintdef(oid) AS text)
FROM pg_catalog.pg_constraint
WHERE connamespace = 'public'::regnamespace AND conname NOT LIKE '%underpin\\_revisions'
UNION ALL
SELECT CAST(indexdef AS text)
FROM pg_catalog.pg_indexes
WHERE schemaname = 'public' AND indexname LIKE 'ix%'
ORDER BY 1";

const SQLITE_OBJECTS: &str = "
SELECT type || ' ' || name
FROM sqlite_schema
WHERE name NOT LIKE 'sqlite_%' AND name <> 'underpin_revisions'
ORDER BY 1";

fn history() -> Graph {
    let directory = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../examples/finance/migrations");
    Graph::new(Revisions::directory(directory).unwrap()).unwrap()
}

/// Later revisions may follow; these tests are about the first.
fn first() -> Destination {
    "001".parse().unwrap()
}

#[test]
fn the_plan_for_sqlite_takes_its_own_sections() {
    let graph = history();
    let moves = graph.upgrade(&BTreeSet::new(), &first()).unwrap();
    let plan = Plan::new(&moves, Dialect::Sqlite).unwrap();
    let [step] = plan.steps() else { panic!("one step: {plan}") };
    assert_eq!((step.stages().len(), step.statements().count()), (1, 5));
    assert!(!plan.to_string().contains("IDENTITY"), "{plan}");
}

#[tokio::test]
async fn on_sqlite_it_creates_the_tables_and_takes_them_away() {
    let history = history();
    let runner = Runner::new(&history);
    let mut target = Sqlite::memory();
    runner.upgrade(&mut target, &first()).await.unwrap();
    insta::assert_snapshot!(target.column(SQLITE_OBJECTS).join("\n"), @r"
    index ix_encrypted_secrets_user_type
    index ix_outbox_unprocessed
    table encrypted_secrets
    table outbox
    table users
    ");
    let columns = "
SELECT table_info.cid || ' ' || tables.name || '.' || table_info.name || ' ' || table_info.type
       || iif(\"notnull\", ' not null', '') || iif(pk, ' primary key', '') || coalesce(' default ' || dflt_value, '')
FROM sqlite_schema AS tables, pragma_table_info(tables.name) AS table_info
WHERE tables.type = 'table' AND tables.name NOT LIKE 'sqlite_%' AND tables.name <> 'underpin_revisions'
ORDER BY tables.name, table_info.cid";
    insta::assert_snapshot!(target.column(columns).join("\n"), @r"
    0 encrypted_secrets.id INTEGER not null primary key
    1 encrypted_secrets.user_id VARCHAR(36) not null
    2 encrypted_secrets.secret_type VARCHAR(50) not null
    3 encrypted_secrets.encrypted_value TEXT not null
    4 encrypted_secrets.created_at TIMESTAMP not null
    5 encrypted_secrets.updated_at TIMESTAMP not null
    0 outbox.id INTEGER not null primary key
    1 outbox.event_type VARCHAR(255) not null
    2 outbox.aggregate_type VARCHAR(255) not null
    3 outbox.aggregate_id VARCHAR(36) not null
    4 outbox.payload TEXT not null
    5 outbox.created_at TIMESTAMP not null
    6 outbox.processed_at TIMESTAMP
    0 users.id VARCHAR(36) not null primary key
    1 users.email VARCHAR(255) not null
    2 users.email_verified BOOLEAN not null default false
    3 users.created_at TIMESTAMP not null
    4 users.updated_at TIMESTAMP not null
    ");
    let names = [
        "pk_users",
        "uq_users_email",
        "pk_encrypted_secrets",
        "fk_encrypted_secrets_user_id_users",
        "pk_outbox",
    ];
    let sql = target.column("SELECT sql FROM sqlite_schema").join("\n");
    assert!(names.iter().all(|name| sql.contains(&format!("CONSTRAINT {name} "))), "{sql}");
    works_on_sqlite(&target);

    runner.downgrade(&mut target, &Destination::base()).await.unwrap();
    assert_eq!(target.column(SQLITE_OBJECTS), [""; 0]);
    assert_eq!(target.column("SELECT name FROM sqlite_sequence"), [""; 0]);
    assert!(runner.applied(&mut target).await.unwrap().is_empty());
    runner.upgrade(&mut target, &first()).await.unwrap();
}

/// The rules hold, not only their names.
fn works_on_sqlite(target: &Sqlite) {
    let user = |id, email| {
        target.run(&format!(
            "INSERT INTO users (id, email, created_at, updated_at) VALUES ('{id}', '{email}', '', '')"
        ))
    };
    user("user_1", "a@example.org").unwrap();
    assert_eq!(target.column("SELECT CAST(email_verified AS text) FROM users"), ["0"]);
    let taken = user("user_2", "a@example.org").unwrap_err().to_string();
    assert!(taken.contains("users.email"), "{taken}");
    let secret = |user| {
        let sql =
            "INSERT INTO encrypted_secrets (user_id, secret_type, encrypted_value, created_at, updated_at)";
        target.run(&format!("{sql} VALUES ('{user}', 'token', '', '', '')"))
    };
    secret("user_1").unwrap();
    assert!(
        secret("user_1")
            .unwrap_err()
            .to_string()
            .contains("encrypted_secrets.user_id, encrypted_secrets.secret_type")
    );
    assert!(secret("user_9").unwrap_err().to_string().contains("FOREIGN KEY"));
    let event = "INSERT INTO outbox (event_type, aggregate_type, aggregate_id, payload, created_at) \
                 VALUES ('e', 'a', '1', '{}', '') RETURNING id";
    target.run(event).unwrap();
    target.run("DELETE FROM outbox").unwrap();
    target.run(event).unwrap();
    assert_eq!(
        target.column("SELECT CAST(id AS text) FROM outbox"),
        ["2"],
        "an identifier is not given twice"
    );
}

#[tokio::test]
async fn on_postgres_it_creates_the_tables_and_takes_them_away() {
    scratch("finance", |scratch| async move {
        let history = history();
        let runner = Runner::new(&history);
        let mut target = scratch.connect().await;
        runner.upgrade(&mut target, &first()).await.unwrap();
        insta::assert_snapshot!(target.column(POSTGRES_COLUMNS).await.join("\n"), @r"
        encrypted_secrets id integer not null identity
        encrypted_secrets user_id character varying(36) not null
        encrypted_secrets secret_type character varying(50) not null
        encrypted_secrets encrypted_value text not null
        encrypted_secrets created_at timestamp with time zone not null
        encrypted_secrets updated_at timestamp with time zone not null
        outbox id bigint not null identity
        outbox event_type character varying(255) not null
        outbox aggregate_type character varying(255) not null
        outbox aggregate_id character varying(36) not null
        outbox payload text not null
        outbox created_at timestamp with time zone not null
        outbox processed_at timestamp with time zone
        users id character varying(36) not null
        users email character varying(255) not null
        users email_verified boolean not null false
        users created_at timestamp with time zone not null
        users updated_at timestamp with time zone not null
        ");
        insta::assert_snapshot!(target.column(POSTGRES_DEFINITIONS).await.join("\n"), @r"
        CREATE INDEX ix_outbox_unprocessed ON public.outbox USING btree (processed_at) WHERE (processed_at IS NULL)
        CREATE UNIQUE INDEX ix_encrypted_secrets_user_type ON public.encrypted_secrets USING btree (user_id, secret_type)
        fk_encrypted_secrets_user_id_users: FOREIGN KEY (user_id) REFERENCES users(id)
        pk_encrypted_secrets: PRIMARY KEY (id)
        pk_outbox: PRIMARY KEY (id)
        pk_users: PRIMARY KEY (id)
        uq_users_email: UNIQUE (email)
        ");

        assert!(target.column(POSTGRES_OBJECTS).await.contains(&"relation outbox_id_seq".to_owned()));
        runner.downgrade(&mut target, &Destination::base()).await.unwrap();
        assert_eq!(target.column(POSTGRES_OBJECTS).await, [""; 0]);
        assert!(runner.applied(&mut target).await.unwrap().is_empty());
        runner.upgrade(&mut target, &first()).await.unwrap();
    })
    .await;
}
