//! Contradictions that a schema refuses, each with what and where it is and what to do.

use underpin_core::{ColumnType, EnumType};
use underpin_schema::{
    CheckDef, ColumnDef, ExcludeDef, ExcludePart, ForeignKeyAction, ForeignKeyDef, IndexDef, IndexPart,
    PerDialect, Schema, StatementSlots, TableDef, UniqueDef,
};

const INTEGER: ColumnType = ColumnType::Integer;
const ID: ColumnDef = column("id", INTEGER);

const fn column(name: &'static str, ty: ColumnType) -> ColumnDef {
    ColumnDef::new(name, ty, false, false)
}

const fn nullable(name: &'static str, ty: ColumnType) -> ColumnDef {
    ColumnDef::new(name, ty, true, false)
}

/// A table with a primary key in its first column.
fn table(name: &'static str, columns: impl Into<Vec<ColumnDef>>) -> TableDef {
    TableDef {
        name,
        schema: None,
        comment: None,
        renamed_from: None,
        columns: columns.into().leak(),
        primary_key: &[0],
        uniques: &[],
        indexes: &[],
        checks: &[],
        foreign_keys: &[],
        excludes: &[],
        statements: StatementSlots::new(),
    }
}

/// The columns `id` and `email`.
fn people(name: &'static str) -> TableDef {
    table(name, [ID, column("email", ColumnType::Text)])
}

fn unique(of: UniqueDef) -> TableDef {
    TableDef { uniques: vec![of].leak(), ..people("people") }
}

fn index(of: IndexDef) -> TableDef {
    TableDef { indexes: vec![of].leak(), ..people("people") }
}

fn parts(parts: impl Into<Vec<IndexPart>>) -> IndexDef {
    IndexDef::of(parts.into().leak())
}

/// What is said of tables that cannot be: a paragraph for each case.
#[track_caller]
fn refused<const N: usize>(cases: [Vec<TableDef>; N]) -> String {
    let refused = |tables: Vec<TableDef>| {
        let tables = tables.into_iter().map(|table| Box::leak(Box::new(table)));
        let builder = tables.fold(Schema::builder(), |builder, table| builder.definition(table));
        match builder.build() {
            Ok(_) => "not refused".to_owned(),
            Err(error) => format!("{error}\n  {}", error.hint().unwrap_or("no hint")),
        }
    };
    cases.map(refused).join("\n")
}

#[test]
fn tables() {
    let wide: Vec<_> = (0..129).map(|i| column(format!("c{i}").leak(), INTEGER)).collect();
    insta::assert_snapshot!(refused([
        vec![table("users", [ID]), table("users", [ID])],
        vec![table("users", [ID]), table("Users", [ID])],
        vec![table("users", [])],
        vec![table("", [ID])],
        vec![table("a_name_of_a_table_that_is_longer_than_a_name_can_be_kept_anywhere", [ID])],
        vec![table("wide", wide)],
    ]));
}

#[test]
fn columns() {
    const OPEN: ColumnType = ColumnType::NumericOpen;
    const LIST: ColumnType = ColumnType::Array(&INTEGER);
    insta::assert_snapshot!(refused([
        vec![table("users", [ID, column("Id", ColumnType::Text)])],
        vec![table("cars", [ID, column("price", OPEN)])],
        vec![table("cars", [ID, column("prices", ColumnType::Array(&OPEN))])],
        vec![table("cars", [ID, column("grid", ColumnType::Array(&LIST))])],
        vec![table("users", [column("id", ColumnType::Text).identity()])],
        vec![table("users", [ID, nullable("number", INTEGER).identity()])],
        vec![table("users", [ID.identity().server_default(PerDialect::same("1"))])],
        vec![table("users", [ID, column("a\0", INTEGER)])],
    ]));
}

#[test]
fn versions() {
    let version = || column("version", ColumnType::BigInt).version();
    insta::assert_snapshot!(refused([
        vec![table("users", [ID, version(), column("other", INTEGER).version()])],
        vec![table("users", [ID, column("version", ColumnType::Text).version()])],
        vec![table("users", [ID, nullable("version", INTEGER).version()])],
        vec![table("users", [ID.version()])],
        vec![table("users", [ID, version().identity()])],
        vec![table("users", [ID, version().generated(PerDialect::same("id"))])],
    ]));
}

#[test]
fn primary_keys() {
    insta::assert_snapshot!(refused([
        vec![TableDef { primary_key: &[], ..table("users", [ID]) }],
        vec![TableDef { primary_key: &[3], ..table("users", [ID]) }],
        vec![TableDef { primary_key: &[0, 0], ..table("users", [ID]) }],
        vec![table("users", [nullable("id", ColumnType::Text)])],
    ]));
}

#[test]
fn constraints_and_indexes() {
    let exclude = |of| TableDef { excludes: vec![of].leak(), ..people("people") };
    insta::assert_snapshot!(refused([
        vec![unique(UniqueDef::NEW)],
        vec![unique(UniqueDef::of(&[7]))],
        vec![index(IndexDef::NEW)],
        vec![index(parts([IndexPart::of(1), IndexPart::of(1)]))],
        vec![index(parts([IndexPart::of(1)]).include(&[9]))],
        vec![index(parts([IndexPart::of(1)]).only("mysql"))],
        vec![index(parts([IndexPart::expression(" ")]))],
        vec![index(parts([IndexPart::expression("lower(email)")]))],
        vec![TableDef { checks: &[CheckDef::NEW], ..people("people") }],
        vec![exclude(ExcludeDef::NEW.name("ex_people"))],
        vec![exclude(ExcludeDef::NEW.with(&[ExcludePart { expression: "email", operator: "=" }]))],
    ]));
}

#[test]
fn foreign_keys() {
    const KEY: ForeignKeyDef = ForeignKeyDef::NEW.columns(&[1]).references("people", &["id"]);
    let users = |user: ColumnDef, key| {
        let users = TableDef { foreign_keys: vec![key].leak(), ..table("users", [ID, user]) };
        vec![people("people"), users]
    };
    let person = || column("person", INTEGER);
    let computed = || nullable("person", INTEGER).generated(PerDialect::same("id"));
    insta::assert_snapshot!(refused([
        users(person(), KEY).split_off(1),
        users(column("person", ColumnType::BigInt), KEY),
        users(person(), KEY.references("people", &["nobody"])),
        users(person(), KEY.references("people", &["id", "email"])),
        users(column("person", ColumnType::Text), KEY.references("people", &["email"])),
        users(person(), KEY.columns(&[])),
        users(person(), KEY.on_delete(ForeignKeyAction::SetNull)),
        users(person(), KEY.on_update_key(ForeignKeyAction::SetDefault)),
        users(computed(), KEY.on_delete(ForeignKeyAction::SetNull)),
        users(computed(), KEY.on_update_key(ForeignKeyAction::Cascade)),
    ]));
}

#[test]
fn a_foreign_key_refers_to_what_is_unique_at_once_and_in_all_rows() {
    let by_email = || {
        let key = ForeignKeyDef::NEW.columns(&[1]).references("people", &["email"]);
        TableDef { foreign_keys: vec![key].leak(), ..people("users") }
    };
    let email = || parts([IndexPart::of(1)]).unique();
    insta::assert_snapshot!(refused([
        vec![unique(UniqueDef::of(&[1]).deferred()), by_email()],
        vec![index(email().predicate(PerDialect::same("id > 0"))), by_email()],
        vec![index(email().only("postgres")), by_email()],
        vec![index(parts([IndexPart::of(1)])), by_email()],
    ]));
    for good in [unique(UniqueDef::of(&[1])), index(email())] {
        let tables = [good, by_email()].map(|table| Box::leak(Box::new(table)));
        let builder = tables.into_iter().fold(Schema::builder(), |builder, table| builder.definition(table));
        assert!(builder.build().is_ok());
    }
}

#[test]
fn enumerations() {
    const SMALL: ColumnType = ColumnType::Enum(&EnumType { name: "size", labels: &["s", "m"] });
    const LARGE: ColumnType = ColumnType::Enum(&EnumType { name: "size", labels: &["s", "m", "l"] });
    const NONE: ColumnType = ColumnType::Enum(&EnumType { name: "none", labels: &[] });
    const TWICE: ColumnType = ColumnType::Enum(&EnumType { name: "twice", labels: &["a", "a"] });
    const EMPTY: ColumnType = ColumnType::Enum(&EnumType { name: "empty", labels: &[""] });
    insta::assert_snapshot!(refused([
        vec![table("a", [ID, column("x", SMALL)]), table("b", [ID, column("y", LARGE)])],
        vec![table("a", [ID, column("x", NONE)])],
        vec![table("a", [ID, column("x", TWICE)])],
        vec![table("a", [ID, column("x", ColumnType::Array(&EMPTY))])],
        vec![table("size", [ID, column("x", SMALL)])],
    ]));
}

#[test]
fn names() {
    let twice = |uniques: [UniqueDef; 2]| TableDef { uniques: Vec::from(uniques).leak(), ..people("users") };
    let check = |sql| CheckDef::NEW.name("positive").sql(PerDialect::same(sql));
    insta::assert_snapshot!(refused([
        vec![twice([UniqueDef::of(&[1]), UniqueDef::of(&[1])])],
        vec![unique(UniqueDef::of(&[1]).name("pk_users")), people("users")],
        vec![index(parts([IndexPart::of(1)]).name("users")), people("users")],
        vec![TableDef { checks: vec![check("id > 0"), check("id > 1")].leak(), ..people("users") }],
        vec![unique(
            UniqueDef::of(&[1])
                .name("a_name_that_is_longer_than_any_name_can_be_kept_in_a_database_for_ever")
        )],
        vec![unique(UniqueDef::of(&[1]).name(""))],
    ]));
}

#[test]
fn an_index_for_each_dialect_may_have_one_name() {
    let named = |dialect| parts([IndexPart::of(1)]).name("ix").only(dialect);
    let indexes = vec![named("postgres").method("hash"), named("sqlite")].leak();
    let people: &'static TableDef = Box::leak(Box::new(TableDef { indexes, ..people("people") }));
    assert!(Schema::builder().definition(people).build().is_ok());
}
