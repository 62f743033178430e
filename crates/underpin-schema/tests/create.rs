//! The CREATE statements of both dialects, as they read.

#![allow(missing_docs, unreachable_pub, dead_code, unused_imports)]

// The derive names the façade.
extern crate self as underpin;
pub use underpin_core::*;
pub use underpin_macros::{ColumnEnum, Table};
pub use underpin_schema::*;
pub use underpin_sql::{Column, Nullable};

mod model;

use model::{BookingRow, CarRow, ChickenRow, EggRow, EverythingRow, NestRow, OutboxRow, SecretRow, UserRow};

fn script(schema: &Schema, dialect: &Dialect) -> String {
    let create = schema.create(dialect).unwrap_or_else(|error| vec![error.to_string()]);
    let statements = create.into_iter().chain(["--".to_owned()]).chain(schema.drop(dialect));
    statements.collect::<Vec<_>>().join(";\n")
}

#[test]
fn services() {
    let schema =
        Schema::builder().table::<SecretRow>().table::<OutboxRow>().table::<CarRow>().table::<UserRow>();
    let schema = schema.build().unwrap();
    insta::assert_snapshot!("services_postgres", script(&schema, Dialect::POSTGRES));
    insta::assert_snapshot!("services_sqlite", script(&schema, Dialect::SQLITE));
}

#[test]
fn everything() {
    let schema = Schema::builder().table::<EverythingRow>().table::<BookingRow>().build().unwrap();
    insta::assert_snapshot!("everything_postgres", script(&schema, Dialect::POSTGRES));
    insta::assert_snapshot!("everything_sqlite", script(&schema, Dialect::SQLITE));
}

#[test]
fn cycles() {
    let schema =
        Schema::builder().table::<NestRow>().table::<EggRow>().table::<ChickenRow>().build().unwrap();
    insta::assert_snapshot!("cycles_postgres", script(&schema, Dialect::POSTGRES));
    insta::assert_snapshot!("cycles_sqlite", script(&schema, Dialect::SQLITE));
}

#[derive(Table)]
#[table(name = "documents", index(columns = [body], method = "gin", name = "ix_documents_body"))]
struct DocumentRow {
    #[column(primary_key)]
    id: i32,
    body: String,
}

#[derive(Table)]
#[table(name = "rooms", exclude(with = [number = "="], name = "ex_rooms"))]
struct RoomRow {
    #[column(primary_key)]
    id: i32,
    number: i32,
}

#[derive(Table)]
#[table(name = "lines")]
struct LineRow {
    #[column(primary_key)]
    id: i32,
    #[column(identity)]
    number: i32,
}

#[derive(Table)]
#[table(name = "prices")]
struct PriceRow {
    #[column(primary_key)]
    id: i32,
    #[column(precision = 12, scale = 2, server_default = "random()")]
    price: rust_decimal::Decimal,
}

#[test]
fn sqlite_refuses_what_it_cannot_have() {
    let refused = |builder: SchemaBuilder| {
        let schema = builder.build().unwrap();
        assert!(schema.create(Dialect::POSTGRES).is_ok());
        let error = schema.create(Dialect::SQLITE).unwrap_err();
        format!("{error}\n  {}", error.hint().unwrap())
    };
    let errors = [
        refused(Schema::builder().table::<DocumentRow>()),
        refused(Schema::builder().table::<RoomRow>()),
        refused(Schema::builder().table::<LineRow>()),
        refused(Schema::builder().table::<PriceRow>()),
    ];
    insta::assert_snapshot!("refused_by_sqlite", errors.join("\n"));
}
