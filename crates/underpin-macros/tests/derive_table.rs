//! What `#[derive(Table)]` makes of a struct.

use rust_decimal::Decimal;
use underpin::{
    Auto, CellError, Codec, Column, ColumnSet, ColumnType, Datum, ForeignKeyAction, Generation, IndexKey,
    NullsOrder, OwnedRow, PerDialect, SortOrder, Table, Value,
};

mod domain {
    #[derive(Debug, Clone, PartialEq)]
    pub(crate) struct Email(pub(crate) String);
}

struct EmailAsText;

impl Codec<domain::Email> for EmailAsText {
    type Stored = String;

    fn store(email: &domain::Email) -> String {
        email.0.clone()
    }

    fn load(text: String) -> Result<domain::Email, CellError> {
        if text.contains('@') { Ok(domain::Email(text)) } else { Err(CellError::Malformed("an email")) }
    }
}

#[derive(Debug, Clone, PartialEq, underpin::ColumnEnum)]
enum Kind {
    Private,
    #[label = "firm"]
    Business,
}

/// All that a row can have.
#[derive(Debug, Table)]
#[table(name = "accounts", schema = "crm", comment = "who pays", renamed_from = "payers")]
#[table(unique(columns = [email, kind], name = "uq_one_account", deferred))]
#[table(index(columns = [kind, created_at desc nulls_last, "lower(email)" opclass = "text_pattern_ops"],
    where(any = "balance > 0", sqlite = "balance > '0'"), include = [balance], method = "btree", only = "postgres"))]
#[table(index(columns = [parent], unique))]
#[table(check(name = "positive", sql = "balance >= 0"))]
#[table(foreign_key(columns = [parent], references = [Self::ID], on_delete = set_null, deferred))]
#[table(exclude(with = [kind = "=", "int8range(id, id)" = "&&"], name = "ex_accounts", only = "postgres"))]
struct AccountRow {
    #[column(primary_key, identity)]
    id: Auto<i64>,
    /// Where bills go.
    #[column(via = EmailAsText, length = 255, unique, renamed_from = "mail")]
    email: domain::Email,
    kind: Kind,
    #[column(precision = 12, scale = 2, check = "balance < 1000000", comment = "in euros")]
    balance: Decimal,
    #[column(index = "ix_parent")]
    parent: Option<i64>,
    #[column(default = 7, on_update = 8, server_default(postgres = "now()", sqlite = "CURRENT_TIMESTAMP"))]
    created_at: Auto<i64>,
    #[column(version)]
    version: i32,
    #[column(generated = "kind || email", name = "label")]
    r#type: String,
}

/// A composite key.
#[derive(Table)]
#[table(name = "links")]
struct LinkRow {
    #[column(primary_key, references = AccountRow::ID, on_delete = cascade, on_update_key = restrict)]
    account: i64,
    #[column(primary_key, length = 36, references = "others.id")]
    other: String,
}

/// A key that is stored by a codec, and a reference to it by another row that uses the same.
#[derive(Table)]
#[table(name = "inboxes")]
struct InboxRow {
    #[column(primary_key, via = EmailAsText)]
    email: domain::Email,
    #[column(via = EmailAsText, references = InboxRow::EMAIL)]
    forward_to: domain::Email,
}

fn row() -> AccountRow {
    AccountRow {
        id: Auto::Unset,
        email: domain::Email("a@example.org".into()),
        kind: Kind::Business,
        balance: Decimal::ONE,
        parent: None,
        created_at: Auto::Unset,
        version: 3,
        r#type: String::new(),
    }
}

/// The row's cells as they would come back from a database.
fn cells(row: &AccountRow) -> Result<OwnedRow, CellError> {
    let columns = AccountRow::def().columns.iter().enumerate();
    let cells = columns.map(|(position, column)| Datum::take(column.ty, |out| row.encode(position, out)));
    cells.collect::<Result<_, _>>().map(OwnedRow)
}

#[test]
fn the_definition_has_every_option() {
    let def = AccountRow::def();
    assert_eq!((def.name, def.schema), ("accounts", Some("crm")));
    assert_eq!((def.comment, def.renamed_from), (Some("who pays"), Some("payers")));
    let names: Vec<_> = def.columns.iter().map(|c| c.name).collect();
    assert_eq!(names, ["id", "email", "kind", "balance", "parent", "created_at", "version", "label"]);
    let types: Vec<_> = def.columns.iter().map(|c| c.ty).collect();
    assert_eq!(types[1], ColumnType::Varchar(255));
    assert_eq!(types[2], Kind::TYPE);
    assert_eq!(types[3], ColumnType::Numeric { precision: 12, scale: 2 });
    assert_eq!(types[4], ColumnType::BigInt);
    let nullable: Vec<_> = def.columns.iter().filter(|c| c.nullable).map(|c| c.name).collect();
    assert_eq!(nullable, ["parent"]);
    let auto: Vec<_> = def.columns.iter().filter(|c| c.auto).map(|c| c.name).collect();
    assert_eq!(auto, ["id", "created_at"]);
    assert_eq!(def.columns[0].generation, Generation::Identity { always: false });
    assert_eq!(def.columns[7].generation, Generation::Computed(PerDialect::same("kind || email")));
    assert_eq!(def.columns[3].comment, Some("in euros"));
    assert_eq!(def.columns[1].renamed_from, Some("mail"));
    let default = def.columns[5].server_default.unwrap();
    assert_eq!(default.of(underpin::Dialect::POSTGRES), "now()");
    assert_eq!(default.of(underpin::Dialect::SQLITE), "CURRENT_TIMESTAMP");
    assert_eq!((def.primary_key, def.version()), ([0].as_slice(), Some(6)));
    assert_eq!(def.read_only(), ColumnSet::of(&[7]));
}

#[test]
fn constraints_and_indexes_are_in_the_definition() {
    let def = AccountRow::def();
    let uniques: Vec<_> = def.uniques.iter().map(|u| (u.name, u.columns, u.deferred)).collect();
    assert_eq!(uniques, [(None, [1].as_slice(), false), (Some("uq_one_account"), [1, 2].as_slice(), true)]);
    let indexes: Vec<_> = def.indexes.iter().map(|i| (i.name, i.unique, i.parts.len())).collect();
    assert_eq!(indexes, [(Some("ix_parent"), false, 1), (None, false, 3), (None, true, 1)]);
    let index = &def.indexes[1];
    assert_eq!((index.method, index.only, index.include), (Some("btree"), Some("postgres"), [3].as_slice()));
    assert_eq!(index.predicate.unwrap().of(underpin::Dialect::SQLITE), "balance > '0'");
    assert_eq!(index.predicate.unwrap().of(underpin::Dialect::POSTGRES), "balance > 0");
    assert_eq!((index.parts[1].order, index.parts[1].nulls), (SortOrder::Desc, NullsOrder::Last));
    assert_eq!(index.parts[2].key, IndexKey::Expression(PerDialect::same("lower(email)")));
    assert_eq!(index.parts[2].opclass, Some("text_pattern_ops"));
    let checks: Vec<_> = def.checks.iter().map(|c| c.name).collect();
    assert_eq!(checks, ["balance", "positive"]);
    let key = &def.foreign_keys[0];
    assert_eq!((key.table, key.targets, key.columns), ("accounts", ["id"].as_slice(), [4].as_slice()));
    assert_eq!((key.on_delete, key.deferred), (ForeignKeyAction::SetNull, true));
    let exclude = &def.excludes[0];
    assert_eq!((exclude.name, exclude.method, exclude.only), ("ex_accounts", "gist", Some("postgres")));
    let parts: Vec<_> = exclude.parts.iter().map(|p| (p.expression, p.operator)).collect();
    assert_eq!(parts, [("kind", "="), ("int8range(id, id)", "&&")]);

    let keys = LinkRow::def().foreign_keys;
    assert_eq!(
        (keys[0].on_delete, keys[0].on_update),
        (ForeignKeyAction::Cascade, ForeignKeyAction::Restrict)
    );
    assert_eq!((keys[1].table, keys[1].targets), ("others", ["id"].as_slice()));
}

#[test]
fn columns_are_typed_by_what_they_hold() {
    let id: Column<AccountRow, i64> = AccountRow::ID;
    let email: Column<AccountRow, String> = AccountRow::EMAIL;
    let parent: Column<AccountRow, i64, underpin::Nullable> = AccountRow::PARENT;
    let label: Column<AccountRow, String> = AccountRow::TYPE;
    assert_eq!((id.table(), id.name(), id.position()), ("accounts", "id", 0));
    assert_eq!((email.position(), parent.position(), label.name()), (1, 4, "label"));
}

#[test]
fn a_row_goes_there_and_back() {
    let mut row = row();
    row.id = Auto::Set(5);
    row.created_at = Auto::Set(9);
    let back = AccountRow::decode(&cells(&row).unwrap()).unwrap();
    assert_eq!(back.diff(&row), ColumnSet::EMPTY);
    assert_eq!((back.id, back.kind, back.email), (Auto::Set(5), Kind::Business, row.email));
}

#[test]
fn a_cell_that_cannot_be_read_names_its_column() {
    let mut row = row();
    row.id = Auto::Set(5);
    row.created_at = Auto::Set(9);
    row.email = domain::Email("nobody".into());
    let failure = AccountRow::decode(&cells(&row).unwrap()).unwrap_err();
    assert_eq!((failure.position, failure.error), (1, CellError::Malformed("an email")));
}

#[test]
fn difference_names_the_columns_that_would_be_written() {
    let (before, mut after) = (row(), row());
    assert!(before.diff(&after).is_empty());
    after.email.0.push('x');
    after.version = 4;
    assert_eq!(before.diff(&after), ColumnSet::of(&[1, 6]));
    assert_eq!(after.duplicate().diff(&after), ColumnSet::EMPTY);
}

#[test]
fn defaults_fill_what_is_unset_and_touch_sets_anew() {
    let mut row = row();
    assert_eq!(row.unset(), ColumnSet::of(&[0, 5]));
    assert_eq!(row.nulls(), ColumnSet::of(&[4]));
    row.fill_defaults();
    assert_eq!((row.created_at, row.unset()), (Auto::Set(7), ColumnSet::of(&[0])));
    row.touch();
    assert_eq!(row.created_at, Auto::Set(8));
    row.fill_defaults();
    assert_eq!(row.created_at, Auto::Set(8));
    row.set_version(4);
    assert_eq!((row.version, Table::version(&row)), (4, Some(4)));
}

#[test]
fn keys_are_one_value_or_a_tuple() {
    let link = LinkRow { account: 1, other: "b".into() };
    assert_eq!(link.key(), (1, "b".to_owned()));
    assert_eq!(row().key(), Auto::Unset);
    assert_eq!(LinkRow::def().primary_key, [0, 1]);
    let [email, forward_to] = ["a@example.org", "b@example.org"].map(|text| domain::Email(text.into()));
    let inbox = InboxRow { email, forward_to };
    assert_eq!(inbox.key(), "a@example.org");
    assert_eq!(InboxRow::def().foreign_keys[0].columns, [1]);
}

#[test]
fn a_generated_value_is_assigned_from_any_cell() {
    let mut row = row();
    let cells = OwnedRow(vec![Datum::Text("x".into()), Datum::Int(42)]);
    row.assign(0, &cells, 1).unwrap();
    assert_eq!(row.id, Auto::Set(42));
    assert!(row.assign(8, &cells, 1).is_err());
}
