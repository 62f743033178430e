//! What a database says of a stored column: whether it is there, its form, the key of its table.

use underpin_core::Placeholder;

use super::place::Place;
use super::statement::table_name;
use super::walk::number;
use super::{StoredColumn, Texts};
use crate::SecretsError;

/// Each column: its name, its type, its place in the primary key, from 1, or 0, and whether it refuses NULL.
const POSTGRES: &str = "
SELECT CAST(columns.attname AS text), format_type(columns.atttypid, columns.atttypmod),
       CAST(coalesce(array_position(CAST(keys.indkey AS int2[]), columns.attnum) + 1, 0) AS text),
       CAST(CAST(columns.attnotnull AS int) AS text)
FROM pg_catalog.pg_attribute AS columns
LEFT JOIN pg_catalog.pg_index AS keys ON keys.indrelid = columns.attrelid AND keys.indisprimary
WHERE columns.attrelid = to_regclass(CAST($1 AS text)) AND columns.attnum > 0 AND NOT columns.attisdropped
ORDER BY columns.attnum";

const SQLITE: &str = "
SELECT name, type, CAST(pk AS TEXT), CAST([notnull] AS TEXT)
FROM pragma_table_info(?1)
ORDER BY cid";

/// Whether the rows of a table have a number of SQLite's own.
const SQLITE_HAS_ROWID: &str = "
SELECT CAST(1 - wr AS TEXT)
FROM pragma_table_list(?1)
WHERE schema = 'main'";

/// The names of that number; a column of the same name hides it.
const ROWID: [&str; 3] = ["rowid", "_rowid_", "oid"];

/// How the values of a column are stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stored {
    /// BYTEA or BLOB.
    Bytes,
    /// Text; an envelope is in base64.
    Text,
}

/// What a single column counts as where a value is bound to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Counts {
    /// As its text.
    Text,
    /// As its sixteen bytes.
    Uuid,
    /// As its bytes.
    Bytes,
}

/// A column of the table.
#[derive(Debug, Clone)]
pub(super) struct Cell {
    pub(super) name: String,
    /// In the words of the database.
    pub(super) ty: String,
    /// Whether it refuses NULL.
    pub(super) required: bool,
}

/// A stored column as a database has it.
#[derive(Debug, Clone)]
pub(super) struct Layout {
    pub(super) column: StoredColumn,
    pub(super) is_postgres: bool,
    /// All columns of the table.
    pub(super) columns: Vec<Cell>,
    /// What rows are walked over and found by: the primary key, in its order, or on SQLite the number of the row.
    pub(super) key: Vec<Cell>,
    /// What a value is bound to.
    pub(super) row: Vec<Cell>,
    /// The column itself.
    pub(super) value: Cell,
    pub(super) form: Stored,
    /// How the plain values are stored, for who encrypts them.
    pub(super) plain: Option<Stored>,
}

impl Layout {
    /// Asks the database.
    ///
    /// # Errors
    /// A table or column that is not there, a table without a primary key, a column that holds no envelopes by its type.
    pub(super) async fn find(place: &mut dyn Place, column: &StoredColumn) -> Result<Self, SecretsError> {
        let dialect = place.dialect();
        if !dialect.capability.sql {
            return Err(SecretsError::usage(
                "the in-memory store keeps nothing, so it has no keys to change",
                "use a PostgreSQL or SQLite database",
            ));
        }
        let is_postgres = dialect.capability.placeholder == Placeholder::Dollar;
        let (sql, name) = match is_postgres {
            true => (POSTGRES, table_name(column)),
            false => (SQLITE, column.table().to_owned()),
        };
        let rows = place.read(sql.trim_start(), &[name]).await?;
        let mut layout = Self::of(column, is_postgres, rows)?;
        if !is_postgres {
            let answer = place.read(SQLITE_HAS_ROWID.trim_start(), &[column.table().to_owned()]).await?;
            layout.walk_by_number(number(&answer) == 1);
        }
        Ok(layout)
    }

    /// Rows lie in the order of their number: by another key each would be fetched from a page of its own, and written back.
    fn walk_by_number(&mut self, has_number: bool) {
        let is_number = matches!(self.key.as_slice(), [one] if one.ty.eq_ignore_ascii_case("integer"));
        let is_hidden = |name: &str| self.columns.iter().any(|cell| cell.name.eq_ignore_ascii_case(name));
        let name = ROWID.into_iter().find(|name| !is_hidden(name));
        if let (true, false, Some(name)) = (has_number, is_number, name) {
            self.key = vec![Cell { name: name.to_owned(), ty: "INTEGER".to_owned(), required: true }];
        }
    }

    fn of(column: &StoredColumn, is_postgres: bool, rows: Texts) -> Result<Self, SecretsError> {
        let mut columns = Vec::new();
        let mut key = Vec::new();
        for row in rows {
            let mut cells = row.into_iter().map(Option::unwrap_or_default);
            let (name, ty) = (cells.next().unwrap_or_default(), cells.next().unwrap_or_default());
            let place: usize = cells.next().and_then(|place| place.parse().ok()).unwrap_or_default();
            let required = cells.next().is_some_and(|flag| flag == "1");
            let cell = Cell { name, ty, required };
            if place > 0 {
                key.push((place, cell.clone()));
            }
            columns.push(cell);
        }
        if columns.is_empty() {
            let what = format!("the database has no table {}", column.table());
            return Err(SecretsError::absent(
                what,
                "correct the name, or bring the database to its newest revision",
            ));
        }
        key.sort_by_key(|(place, _)| *place);
        let key: Vec<Cell> = key.into_iter().map(|(_, cell)| cell).collect();
        if key.is_empty() {
            let what = format!("the table {} has no primary key", column.table());
            return Err(SecretsError::absent(what, "give it one: rows are found and written by it"));
        }
        let find = |name: &str| find(column, &columns, name);
        let value = find(column.column())?;
        let form = stored(&value.ty).ok_or_else(|| {
            let ty = value.ty.to_lowercase();
            let what = format!("{column} is of type {ty}, which holds no encrypted values");
            SecretsError::absent(what, "an encrypted column is BYTEA, BLOB or text")
        })?;
        let row = match column.row() {
            [] if key.len() > 1 => {
                let what = format!("the primary key of {} has {} columns", column.table(), key.len());
                return Err(SecretsError::absent(
                    what,
                    "say to which columns a value is bound, and in which order",
                ));
            }
            [] => key.clone(),
            names => names.iter().map(|name| find(name)).collect::<Result<_, _>>()?,
        };
        Ok(Self { column: column.clone(), is_postgres, columns, key, row, value, form, plain: None })
    }

    /// The same with the column of plain values. Nobody else looks for it: when they are moved it goes, and the description
    /// of the encrypted one, which the revisions need still, stays.
    pub(super) fn with_plain(mut self) -> Result<Self, SecretsError> {
        let Some(plain) = self.column.plain() else {
            let what = format!("it is not said which column has the plain values of {}", self.column);
            return Err(SecretsError::absent(what, "name it by `moved_from`, or `plain` in underpin.toml"));
        };
        let cell = find(&self.column, &self.columns, plain)?;
        let form = stored(&cell.ty).ok_or_else(|| {
            let what = format!("{} is of type {}, which cannot be encrypted as it is", cell.name, cell.ty);
            SecretsError::absent(what, "make it text or bytes first")
        })?;
        self.plain = Some(form);
        Ok(self)
    }

    /// What the row of a value counts as.
    pub(super) fn counts(&self) -> Counts {
        match self.row.as_slice() {
            [one] if matches!(one.ty.to_lowercase().as_str(), "uuid" | "char(36)") => Counts::Uuid,
            [one] if stored(&one.ty) == Some(Stored::Bytes) => Counts::Bytes,
            _ => Counts::Text,
        }
    }
}

fn find(column: &StoredColumn, columns: &[Cell], name: &str) -> Result<Cell, SecretsError> {
    columns.iter().find(|cell| cell.name == name).cloned().ok_or_else(|| {
        let names: Vec<&str> = columns.iter().map(|cell| cell.name.as_str()).collect();
        let what = format!("the table {} has no column {name}", column.table());
        SecretsError::absent(what, format!("its columns are {}", names.join(", ")))
    })
}

/// How a type is stored; none if it is neither text nor bytes.
pub(super) fn stored(ty: &str) -> Option<Stored> {
    match ty.to_lowercase().as_str() {
        "bytea" | "blob" => Some(Stored::Bytes),
        "text" => Some(Stored::Text),
        ty if ty.contains("char") => Some(Stored::Text),
        _ => None,
    }
}
