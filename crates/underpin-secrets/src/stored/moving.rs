//! The four revisions by which a column of plain values becomes an encrypted one.

use underpin_sql::quote;

use super::StoredColumn;
use super::layout::{Cell, Layout};
use super::place::Place;
use super::statement::table_name;
use crate::SecretsError;

const EXPAND: &str = "\
-- Next, deploy the program that writes both columns and reads the plain one.
-- Whoever writes the plain value alone empties the encrypted one, so that it is filled anew.

-- +upgrade postgres
ALTER TABLE {table} ADD COLUMN {column} bytea;

CREATE FUNCTION {empty}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.{column} := NULL;
    RETURN NEW;
END
$$;

CREATE TRIGGER {empty} BEFORE UPDATE ON {table} FOR EACH ROW
    WHEN (NEW.{plain} IS DISTINCT FROM OLD.{plain} AND NEW.{column} IS NOT DISTINCT FROM OLD.{column})
    EXECUTE FUNCTION {empty}();

-- +upgrade sqlite
ALTER TABLE {table} ADD COLUMN {column} BLOB;

{empty_sqlite}

-- +downgrade postgres
DROP TRIGGER {empty} ON {table};
DROP FUNCTION {empty}();
ALTER TABLE {table} DROP COLUMN {column};

-- +downgrade sqlite
DROP TRIGGER {empty};
ALTER TABLE {table} DROP COLUMN {column};
";

const FILL: &str = "\
-- Apply it when no process is left that writes the plain column alone: from here on the database refuses that.
-- Next, deploy the program that writes both columns and reads the encrypted one.

-- +upgrade no-transaction call {function}

-- +upgrade postgres
ALTER TABLE {table} ADD CONSTRAINT {guard} CHECK ({plain} IS NULL OR {column} IS NOT NULL) NOT VALID;

-- +upgrade sqlite
{guards_sqlite}

-- What was written while the guard came.
-- +upgrade no-transaction call {function}

-- +upgrade postgres
ALTER TABLE {table} VALIDATE CONSTRAINT {guard};

-- +downgrade postgres
ALTER TABLE {table} DROP CONSTRAINT {guard};

-- +downgrade sqlite
DROP TRIGGER {guard}_insert;
DROP TRIGGER {guard}_update;
";

const SWITCH: &str = "\
-- Apply it when every process reads the encrypted column.
-- Next, deploy the program that writes the encrypted column alone.

-- +upgrade postgres
DROP TRIGGER {empty} ON {table};
DROP FUNCTION {empty}();
{switch_postgres}
-- +upgrade sqlite
DROP TRIGGER {empty};
{switch_sqlite}
-- +downgrade
-- There is no way back for rows that were written since without their plain value.
";

const CONTRACT: &str = "\
-- Apply it when no process is left that writes the plain column. What was in it is lost.
-- The tables are written anew, so that no plain value is left in their files. On PostgreSQL that locks the table; what is
-- in the write-ahead log and in backups goes when those go.

-- +upgrade postgres
ALTER TABLE {table} DROP COLUMN {plain};

-- +upgrade postgres no-transaction
VACUUM FULL {table};

-- +upgrade sqlite
DROP TRIGGER {guard}_insert;
DROP TRIGGER {guard}_update;
ALTER TABLE {table} DROP COLUMN {plain};

-- +upgrade sqlite no-transaction
VACUUM;

-- +downgrade
-- The plain values are gone; the program before the last one needs them.
";

const EMPTY_SQLITE: &str = "\
CREATE TRIGGER {empty} AFTER UPDATE OF {plain} ON {table}
    WHEN NEW.{plain} IS NOT OLD.{plain} AND NEW.{column} IS OLD.{column} AND NEW.{column} IS NOT NULL
BEGIN
    UPDATE {table} SET {column} = NULL WHERE {same_row};
END;";

const GUARDS_SQLITE: &str = "\
CREATE TRIGGER {guard}_insert BEFORE INSERT ON {table}
    WHEN NEW.{plain} IS NOT NULL AND NEW.{column} IS NULL
BEGIN
    SELECT RAISE(ABORT, '{guard}: a plain value is written without the encrypted one');
END;

CREATE TRIGGER {guard}_update BEFORE UPDATE ON {table}
    WHEN NEW.{plain} IS NOT NULL AND NEW.{column} IS NULL
BEGIN
    SELECT RAISE(ABORT, '{guard}: a plain value is written without the encrypted one');
END;";

const REQUIRED_POSTGRES: &str = "\
ALTER TABLE {table} ALTER COLUMN {plain} DROP NOT NULL;
ALTER TABLE {table} ADD CONSTRAINT {guard}_there CHECK ({column} IS NOT NULL) NOT VALID;

-- +upgrade postgres
ALTER TABLE {table} VALIDATE CONSTRAINT {guard}_there;
-- The constraint spares this a look at every row.
ALTER TABLE {table} ALTER COLUMN {column} SET NOT NULL;
ALTER TABLE {table} DROP CONSTRAINT {guard}_there;
";

/// SQLite cannot let a column have NULL that had to have a value: another one takes its place.
const REQUIRED_SQLITE: &str = "\
DROP TRIGGER {guard}_insert;
DROP TRIGGER {guard}_update;
ALTER TABLE {table} ADD COLUMN {spare} {plain_type};
UPDATE {table} SET {spare} = {plain};
ALTER TABLE {table} DROP COLUMN {plain};
ALTER TABLE {table} RENAME COLUMN {spare} TO {plain};

{guards_sqlite}
";

/// The way of a column of plain values into an encrypted one: four revisions, between which programs are deployed.
///
/// | revision | what it does | the program after it |
/// |---|---|---|
/// | expand | adds the column; who writes the plain value alone empties it | writes both, reads the plain one |
/// | fill | encrypts what is there ([`Backfill`](crate::Backfill)), then refuses plain values without encrypted ones | writes both, reads the encrypted one |
/// | switch | lets the plain column be empty | writes the encrypted one alone |
/// | contract | drops the plain column, and writes the table anew | |
#[derive(Debug, Clone)]
pub struct Move {
    column: StoredColumn,
    words: Vec<(&'static str, String)>,
    is_required: bool,
}

/// A revision that has no file yet.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Draft {
    /// What it does, in one line.
    pub message: String,
    /// Its sections, for both databases.
    pub body: String,
}

impl Move {
    /// Asks a database for the table as it is, with the plain column.
    ///
    /// # Errors
    /// If the column was not said to be [moved](StoredColumn::moved_from); a table or plain column that is not there or is of
    /// a type that cannot be encrypted as it is; an encrypted column that is there already.
    pub async fn of(place: &mut dyn Place, column: &StoredColumn) -> Result<Self, SecretsError> {
        let Some(plain) = column.plain() else {
            let what = format!("it is not said which column has the plain values of {column}");
            return Err(SecretsError::absent(what, "name it by `moved_from`, or `plain` in underpin.toml"));
        };
        let mut asked = StoredColumn::new(column.table(), plain).bound_to(column.row());
        if let Some(schema) = column.schema() {
            asked = asked.in_schema(schema);
        }
        let layout = Layout::find(place, &asked).await?;
        if layout.columns.iter().any(|cell| cell.name == column.column()) {
            let what = format!("the table {} has a column {} already", column.table(), column.column());
            return Err(SecretsError::absent(
                what,
                "the revisions make it: choose another name, or go on with them",
            ));
        }
        let guard = format!("underpin_moved_{}_{}", column.table(), plain);
        let same_row = layout.key.iter().map(same).collect::<Vec<_>>().join(" AND ");
        let words = vec![
            ("{guards_sqlite}", GUARDS_SQLITE.to_owned()),
            ("{empty_sqlite}", EMPTY_SQLITE.to_owned()),
            ("{same_row}", same_row),
            ("{guard}_insert", quote(&format!("{guard}_insert"))),
            ("{guard}_update", quote(&format!("{guard}_update"))),
            ("{guard}_there", quote(&format!("{guard}_there"))),
            ("'{guard}:", format!("'{}:", guard.replace('\'', "''"))),
            ("{guard}", quote(&guard)),
            ("{empty}", quote(&format!("underpin_empty_{}_{}", column.table(), column.column()))),
            ("{spare}", quote(&format!("{plain}_underpin_spare"))),
            ("{plain_type}", layout.value.ty.clone()),
            ("{function}", function(column)),
            ("{table}", table_name(column)),
            ("{column}", quote(column.column())),
            ("{plain}", quote(plain)),
        ];
        Ok(Self { column: column.clone(), words, is_required: layout.value.required })
    }

    /// The four revisions, in their order; each stands on the one before.
    #[must_use]
    pub fn revisions(&self) -> [Draft; 4] {
        let (table, column) = (self.column.table(), self.column.column());
        let plain = self.column.plain().unwrap_or_default();
        let (postgres, sqlite) =
            if self.is_required { (REQUIRED_POSTGRES, REQUIRED_SQLITE) } else { ("", "") };
        let switch = SWITCH.replace("{switch_postgres}", postgres).replace("{switch_sqlite}", sqlite);
        [
            self.draft(format!("Add {table}.{column} for what {table}.{plain} holds"), EXPAND),
            self.draft(format!("Encrypt {table}.{plain} into {table}.{column}"), FILL),
            self.draft(format!("Let {table}.{plain} be empty"), &switch),
            self.draft(format!("Drop {table}.{plain}"), CONTRACT),
        ]
    }

    /// The name by which the second revision calls the [`Backfill`](crate::Backfill).
    #[must_use]
    pub fn function(&self) -> String {
        function(&self.column)
    }

    fn draft(&self, message: String, template: &str) -> Draft {
        let body =
            self.words.iter().fold(template.to_owned(), |text, (word, value)| text.replace(word, value));
        Draft { message, body }
    }
}

impl StoredColumn {
    /// The name by which a revision calls the [`Backfill`](crate::Backfill) of this column.
    #[must_use]
    pub fn backfill_function(&self) -> String {
        function(self)
    }
}

/// Letters, digits and underscores, as a section can name it.
fn function(column: &StoredColumn) -> String {
    let name = format!("encrypt_{}_{}", column.table(), column.column());
    name.chars().map(|char| if char.is_ascii_alphanumeric() { char } else { '_' }).collect()
}

fn same(cell: &Cell) -> String {
    format!("{name} = NEW.{name}", name = quote(&cell.name))
}
