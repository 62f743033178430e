//! The tables of the tests.

use underpin_core::{Auto, ColumnType, EnumType, Value};
use underpin_schema::{
    ColumnDef, ForeignKeyAction, ForeignKeyDef, IndexDef, IndexPart, PerDialect, StatementSlots, TableDef,
    UniqueDef,
};

const fn of<V: Value>(name: &'static str) -> ColumnDef {
    ColumnDef::new(name, V::TYPE, V::NULLABLE, V::AUTO)
}

const fn table(
    name: &'static str,
    columns: &'static [ColumnDef],
    primary_key: &'static [usize],
    uniques: &'static [UniqueDef],
    indexes: &'static [IndexDef],
    foreign_keys: &'static [ForeignKeyDef],
) -> TableDef {
    TableDef {
        name,
        schema: None,
        comment: None,
        renamed_from: None,
        columns,
        primary_key,
        uniques,
        indexes,
        checks: &[],
        foreign_keys,
        excludes: &[],
        statements: StatementSlots::new(),
    }
}

/// id, email (unique), name, version.
pub(super) static USERS: TableDef = table(
    "users",
    &[
        of::<i64>("id"),
        of::<String>("email").length(20),
        of::<Option<String>>("name"),
        of::<i32>("version").version(),
    ],
    &[0],
    &[UniqueDef::NEW.columns(&[1])],
    &[],
    &[],
);

/// id, position (unique at the end of the transaction), place and side (unique together), note (unique if not empty).
pub(super) static SEATS: TableDef = table(
    "seats",
    &[
        of::<i64>("id"),
        of::<i32>("position"),
        of::<Option<i32>>("place"),
        of::<Option<i32>>("side"),
        of::<String>("note"),
    ],
    &[0],
    &[UniqueDef::NEW.columns(&[1]).deferred()],
    &[
        IndexDef::NEW.columns(&[IndexPart::of(2), IndexPart::of(3)]).unique().name("ix_place"),
        IndexDef::NEW.columns(&[IndexPart::of(4)]).unique().predicate(PerDialect::same("note <> ''")),
    ],
    &[],
);

pub(super) static COLOUR: EnumType = EnumType { name: "colour", labels: &["red", "green", "blue"] };

/// id (counted), name, created_at, colour, token: all with defaults but the name.
pub(super) static THINGS: TableDef = table(
    "things",
    &[
        of::<Auto<i64>>("id").identity(),
        of::<String>("name"),
        ColumnDef::new("created_at", ColumnType::TimestampTz, false, true)
            .server_default(PerDialect::same("CURRENT_TIMESTAMP")),
        ColumnDef::new("colour", ColumnType::Enum(&COLOUR), false, true)
            .server_default(PerDialect::same("'green'::colour")),
        of::<Auto<Option<String>>>("token").server_default(PerDialect::same("md5('x')")),
    ],
    &[0],
    &[],
    &[],
    &[],
);

/// id (always counted, 16 bits).
pub(super) static SMALL: TableDef = table("small", &[of::<i16>("id").identity()], &[0], &[], &[], &[]);

/// id, double (computed).
pub(super) static COMPUTED: TableDef = table(
    "computed",
    &[of::<i64>("id"), of::<i64>("double").generated(PerDialect::same("id * 2"))],
    &[0],
    &[],
    &[],
    &[],
);

/// id, code (unique): what the following tables refer to.
pub(super) static PARENTS: TableDef = table(
    "parents",
    &[of::<i64>("id"), of::<String>("code")],
    &[0],
    &[UniqueDef::NEW.columns(&[1])],
    &[],
    &[],
);

const TO_PARENT: ForeignKeyDef = ForeignKeyDef::NEW.columns(&[1]).references("parents", &["id"]);

/// id, parent (refers to the id of a parent; its default is 9).
const fn child(name: &'static str, foreign_keys: &'static [ForeignKeyDef]) -> TableDef {
    const COLUMNS: &[ColumnDef] =
        &[of::<i64>("id"), of::<Option<i64>>("parent").server_default(PerDialect::same("9"))];
    table(name, COLUMNS, &[0], &[], &[], foreign_keys)
}

pub(super) static PLAIN: TableDef = child("plain", &[TO_PARENT.name("fk_plain")]);
pub(super) static LATE: TableDef = child("late", &[TO_PARENT.deferred()]);
pub(super) static RESTRICTED: TableDef =
    child("restricted", &[TO_PARENT.on_delete(ForeignKeyAction::Restrict).deferred()]);
pub(super) static OWNED: TableDef = child(
    "owned",
    &[TO_PARENT.on_delete(ForeignKeyAction::Cascade).on_update_key(ForeignKeyAction::Cascade)],
);
pub(super) static LOOSE: TableDef = child(
    "loose",
    &[TO_PARENT.on_delete(ForeignKeyAction::SetNull).on_update_key(ForeignKeyAction::SetNull)],
);
pub(super) static FALLING: TableDef = child("falling", &[TO_PARENT.on_delete(ForeignKeyAction::SetDefault)]);

/// id, owned (refers to a row of `owned`, and must): what belongs to what belongs to a parent.
pub(super) static GRANDCHILDREN: TableDef = table(
    "grandchildren",
    &[of::<i64>("id"), of::<i64>("owned")],
    &[0],
    &[],
    &[],
    &[ForeignKeyDef::NEW.columns(&[1]).references("owned", &["id"]).on_delete(ForeignKeyAction::Cascade)],
);

/// id, code (refers to the code of a parent): by a unique value that is no key.
pub(super) static BY_CODE: TableDef = table(
    "by_code",
    &[of::<i64>("id"), of::<String>("code")],
    &[0],
    &[],
    &[],
    &[ForeignKeyDef::NEW
        .columns(&[1])
        .references("parents", &["code"])
        .on_update_key(ForeignKeyAction::Cascade)],
);

/// id, parent (refers to this table).
pub(super) static TREE: TableDef = table(
    "tree",
    &[of::<i64>("id"), of::<Option<i64>>("parent")],
    &[0],
    &[],
    &[],
    &[ForeignKeyDef::NEW.columns(&[1]).references("tree", &["id"])],
);

/// left, right, weight; the key is right and left.
pub(super) static LINKS: TableDef = table(
    "links",
    &[of::<i64>("left"), of::<String>("right"), of::<Option<f64>>("weight")],
    &[1, 0],
    &[],
    &[],
    &[],
);
