//! A database, and what it can do, as data: nobody above a dialect crate asks which database it is.

/// One database system.
#[derive(Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Dialect {
    /// Its name as it stands in revision files and messages: `postgres`, `sqlite`, `memory`.
    pub name: &'static str,
    /// Its name in OpenTelemetry's `db.system.name`.
    pub system: &'static str,
    /// Where its statements are kept among those of a table: each dialect has a number of its own.
    pub slot: usize,
    /// What it can do.
    pub capability: Capability,
}

/// What a dialect can do. Features branch on these facts, never on a name.
#[derive(Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Capability {
    /// It understands SQL text; the in-memory store takes only queries and writes as values.
    pub sql: bool,
    /// Many rows travel as one array for each column (UNNEST), in one statement that sees all of them at once.
    pub array_parameters: bool,
    /// How a bound parameter is written.
    pub placeholder: Placeholder,
    /// Longest identifier, in bytes.
    pub identifier_limit: usize,
    /// `SELECT … FOR UPDATE`, with SKIP LOCKED.
    pub row_locks: bool,
    /// What stands before a query to get its plan.
    pub explain: &'static str,
    /// `SELECT DISTINCT ON`.
    pub distinct_on: bool,
    /// Tables live in named schemas.
    pub schemas: bool,
    /// Enumerations are types; otherwise a CHECK.
    pub native_enums: bool,
    /// Tables, columns and constraints carry comments.
    pub comments: bool,
    /// Constraints can be added to a table that exists (needed for cycles of foreign keys).
    pub alter_constraints: bool,
    /// Exclusion constraints, INCLUDE columns, index methods and operator classes.
    pub rich_indexes: bool,
}

/// How a bound parameter is written in SQL.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Placeholder {
    /// `$1`
    Dollar,
    /// `?1`
    Question,
}

impl Dialect {
    /// How many slots there are; see [`Dialect::slot`].
    pub const SLOTS: usize = 2;

    /// PostgreSQL.
    pub const POSTGRES: &'static Self = &Self {
        name: "postgres",
        system: "postgresql",
        slot: 0,
        capability: Capability {
            sql: true,
            array_parameters: true,
            placeholder: Placeholder::Dollar,
            identifier_limit: 63,
            row_locks: true,
            explain: "EXPLAIN ",
            distinct_on: true,
            schemas: true,
            native_enums: true,
            comments: true,
            alter_constraints: true,
            rich_indexes: true,
        },
    };

    /// SQLite. It has no limit for identifiers; ours is PostgreSQL's, so that both databases carry the same names.
    pub const SQLITE: &'static Self = &Self {
        name: "sqlite",
        system: "sqlite",
        slot: 1,
        capability: Capability {
            sql: true,
            array_parameters: false,
            placeholder: Placeholder::Question,
            identifier_limit: 63,
            row_locks: false,
            explain: "EXPLAIN QUERY PLAN ",
            distinct_on: false,
            schemas: false,
            native_enums: false,
            comments: false,
            alter_constraints: false,
            rich_indexes: false,
        },
    };

    /// The in-memory store: it executes plans, it has no SQL.
    pub const MEMORY: &'static Self = &Self {
        name: "memory",
        system: "memory",
        slot: 1,
        capability: Capability { sql: false, row_locks: true, ..Self::SQLITE.capability },
    };
}
