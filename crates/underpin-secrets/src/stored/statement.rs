//! The statements of a walk over the rows of a column, for both dialects.
//!
//! Keys and values travel as text: bytes as hexadecimal digits, a batch of rows as one array for each column
//! (PostgreSQL) or one JSON document (SQLite), so that there is one statement to a batch.

use underpin_sql::quote;

use super::StoredColumn;
use super::layout::{Cell, Layout, Stored};
use crate::Envelope;

/// Bytes of values that a batch has before its last row: what bounds the memory where values are long.
const BATCH_BYTES: usize = 8 << 20;

/// What is done with the rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Task {
    /// Values come under the primary key, which has this number.
    Rotate { primary: u32 },
    /// Plain values are encrypted into the column, where it is empty.
    Fill,
}

/// The table with its schema, quoted.
pub(super) fn table_name(column: &StoredColumn) -> String {
    match column.schema() {
        Some(schema) => format!("{}.{}", quote(schema), quote(column.table())),
        None => quote(column.table()),
    }
}

impl Layout {
    fn parameter(&self, number: usize) -> String {
        if self.is_postgres { format!("CAST(${number} AS text)") } else { format!("?{number}") }
    }

    /// Reads a batch in the order of the key: the key, the row, the value. With `after`, the key of the row behind which
    /// it begins comes as parameters.
    pub(super) fn read(&self, task: Task, after: bool, limit: usize) -> String {
        let key: Vec<String> = (0..self.key.len()).map(|at| format!("k{at}")).collect();
        let row: Vec<String> = (0..self.row.len()).map(|at| format!("r{at}")).collect();
        let mut inner: Vec<String> = Vec::new();
        for (cell, name) in self.key.iter().zip(&key).chain(self.row.iter().zip(&row)) {
            inner.push(format!("t.{} AS {name}", quote(&cell.name)));
        }
        let (source, form) = self.source(task);
        inner.push(format!("{source} AS v"));
        let mut condition = self.pending(task);
        if after {
            let columns: Vec<String> =
                self.key.iter().map(|cell| format!("t.{}", quote(&cell.name))).collect();
            let values: Vec<String> = self
                .key
                .iter()
                .enumerate()
                .map(|(at, cell)| self.value_of(cell, &self.parameter(at + 1)))
                .collect();
            condition = format!("({condition}) AND ({}) > ({})", columns.join(", "), values.join(", "));
        }
        let order: Vec<String> = self.key.iter().map(|cell| format!("t.{}", quote(&cell.name))).collect();
        let keys = key.join(", ");
        let mut outer: Vec<String> = Vec::new();
        outer.extend(self.key.iter().zip(&key).map(|(cell, name)| self.text_of(cell, name)));
        outer.extend(self.row.iter().zip(&row).map(|(cell, name)| self.text_of(cell, name)));
        outer.push(match (form, self.is_postgres) {
            (Stored::Bytes, true) => "encode(v, 'hex')".to_owned(),
            (Stored::Bytes, false) => "hex(v)".to_owned(),
            (Stored::Text, _) => "CAST(v AS text)".to_owned(),
        });
        format!(
            "SELECT {outer}\n\
             FROM (SELECT i.*, sum(length(v)) OVER (ORDER BY {keys}) - length(v) AS bytes_before\n      \
             FROM (SELECT {inner}\n            FROM {table} AS t\n            WHERE {condition}\n            \
             ORDER BY {order}\n            LIMIT {limit}) AS i) AS b\n\
             WHERE bytes_before < {BATCH_BYTES}\nORDER BY {keys}",
            outer = outer.join(", "),
            inner = inner.join(", "),
            table = table_name(&self.column),
            order = order.join(", "),
        )
    }

    /// Writes a batch: a row is written if its value is still the one that was read. A row comes back for each that was.
    ///
    /// The parameters are those that [`arguments`](super::walk) makes.
    pub(super) fn write(&self, task: Task) -> String {
        let column = quote(self.column.column());
        let now = self.value_from(self.form, "d.now");
        let mut conditions: Vec<String> =
            (0..self.key.len()).map(|at| format!("t.{} = d.k{at}", quote(&self.key[at].name))).collect();
        let (source, form) = self.source(task);
        // CAST to text, so that CHAR(n) is compared with its spaces or not, as it was read.
        let stored = match form {
            Stored::Text if self.is_postgres => format!("CAST({source} AS text)"),
            _ => source,
        };
        conditions.push(format!("{stored} = {}", self.value_from(form, "d.was")));
        if task == Task::Fill {
            conditions.push(format!("t.{column} IS NULL"));
        }
        let rows = match self.is_postgres {
            true => self.rows_of_arrays(),
            false => self.rows_of_json(),
        };
        format!(
            "UPDATE {table} AS t\nSET {column} = {now}\nFROM {rows}\nWHERE {conditions}\nRETURNING CAST(1 AS text)",
            table = table_name(&self.column),
            conditions = conditions.join(" AND "),
        )
    }

    fn rows_of_arrays(&self) -> String {
        let mut arrays = Vec::new();
        let mut names = Vec::new();
        for (at, cell) in self.key.iter().enumerate() {
            arrays.push(format!("CAST({} AS {}[])", self.parameter(at + 1), cell.ty));
            names.push(format!("k{at}"));
        }
        let next = self.key.len() + 1;
        arrays.push(format!("CAST({} AS text[])", self.parameter(next)));
        arrays.push(format!("CAST({} AS text[])", self.parameter(next + 1)));
        format!("unnest({}) AS d({}, was, now)", arrays.join(", "), names.join(", "))
    }

    fn rows_of_json(&self) -> String {
        let mut columns = Vec::new();
        for (at, cell) in self.key.iter().enumerate() {
            let text = format!("json_extract(e.value, '$[{at}]')");
            columns.push(format!("{} AS k{at}", self.value_of(cell, &text)));
        }
        let next = self.key.len();
        columns.push(format!("json_extract(e.value, '$[{next}]') AS was"));
        columns.push(format!("json_extract(e.value, '$[{}]') AS now", next + 1));
        format!("(SELECT {} FROM json_each(?1) AS e) AS d", columns.join(", "))
    }

    /// Counts rows by what their value begins with: `null`, `other`, or the first bytes of an envelope, as they are told.
    pub(super) fn count(&self) -> String {
        let column = format!("t.{}", quote(self.column.column()));
        let (is_envelope, head) = match (self.form, self.is_postgres) {
            (Stored::Bytes, true) => (
                format!("length({column}) >= 34 AND substr({column}, 1, 2) = decode('0101', 'hex')"),
                format!("encode(substr({column}, 1, 6), 'hex')"),
            ),
            (Stored::Bytes, false) => (
                format!("length({column}) >= 34 AND substr({column}, 1, 2) = x'0101'"),
                format!("hex(substr({column}, 1, 6))"),
            ),
            // In base64 the third character has the last bits of the second byte and the first of the key's number.
            (Stored::Text, _) => (
                format!(
                    "length({column}) >= 48 AND substr({column}, 1, 2) = 'AQ' \
                     AND substr({column}, 3, 1) IN ('E', 'F', 'G', 'H')"
                ),
                format!("CAST(substr({column}, 1, 8) AS text)"),
            ),
        };
        format!(
            "SELECT begins, CAST(count(*) AS text)\nFROM (SELECT CASE WHEN {column} IS NULL THEN 'null'\n\
             {pad}WHEN {is_envelope} THEN {head}\n{pad}ELSE 'other' END AS begins\n      FROM {table} AS t) AS b\n\
             GROUP BY begins\nORDER BY begins",
            pad = " ".repeat(18),
            table = table_name(&self.column),
        )
    }

    /// Counts the rows that a task is for.
    pub(super) fn count_pending(&self, task: Task) -> String {
        let (table, pending) = (table_name(&self.column), self.pending(task));
        format!("SELECT CAST(count(*) AS text)\nFROM {table} AS t\nWHERE {pending}")
    }

    /// The rows that a task is for. What it has done is not among them, so that it can be begun anew at any time.
    fn pending(&self, task: Task) -> String {
        let column = format!("t.{}", quote(self.column.column()));
        match task {
            Task::Rotate { primary } => {
                let prefix = Envelope::prefix(primary);
                match (self.form, self.is_postgres) {
                    (Stored::Bytes, true) => {
                        format!("substr({column}, 1, 6) <> decode('{}', 'hex')", super::literal::hex(&prefix))
                    }
                    (Stored::Bytes, false) => {
                        format!("substr({column}, 1, 6) <> x'{}'", super::literal::hex(&prefix))
                    }
                    (Stored::Text, _) => {
                        format!("substr({column}, 1, 8) <> '{}'", super::walk::base64(&prefix))
                    }
                }
            }
            Task::Fill => format!("{column} IS NULL AND {} IS NOT NULL", self.source(task).0),
        }
    }

    /// Where values are read, and how they are stored there.
    pub(super) fn source(&self, task: Task) -> (String, Stored) {
        match (task, self.column.plain(), self.plain) {
            (Task::Fill, Some(plain), Some(form)) => (format!("t.{}", quote(plain)), form),
            _ => (format!("t.{}", quote(self.column.column())), self.form),
        }
    }

    /// A cell of the key or the row as text.
    fn text_of(&self, cell: &Cell, sql: &str) -> String {
        match (super::layout::stored(&cell.ty), self.is_postgres) {
            (Some(Stored::Bytes), true) => format!("encode({sql}, 'hex')"),
            (Some(Stored::Bytes), false) => format!("hex({sql})"),
            _ => format!("CAST({sql} AS text)"),
        }
    }

    /// A cell of the key from its text. On SQLite a comparison brings it to the column's type.
    fn value_of(&self, cell: &Cell, sql: &str) -> String {
        match (super::layout::stored(&cell.ty), self.is_postgres) {
            (Some(Stored::Bytes), true) => format!("decode({sql}, 'hex')"),
            (Some(Stored::Bytes), false) => format!("unhex({sql})"),
            (_, true) => format!("CAST({sql} AS {})", cell.ty),
            (_, false) => sql.to_owned(),
        }
    }

    fn value_from(&self, form: Stored, sql: &str) -> String {
        match (form, self.is_postgres) {
            (Stored::Bytes, true) => format!("decode({sql}, 'hex')"),
            (Stored::Bytes, false) => format!("unhex({sql})"),
            (Stored::Text, _) => sql.to_owned(),
        }
    }
}
