//! A plan as text, one line a group; no value is shown.

use std::fmt;

use underpin_sql::WriteKind;

use super::{FlushPlan, PlannedGroup};

impl fmt::Display for FlushPlan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.groups.iter().try_for_each(|group| writeln!(f, "{group}"))
    }
}

impl fmt::Display for PlannedGroup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rows = self.rows.len();
        write!(f, "{} {}: {rows} row{}", self.kind.sql(), self.table.name, if rows == 1 { "" } else { "s" })?;
        if self.kind == WriteKind::Update {
            let names: Vec<_> =
                self.columns.iter().filter_map(|c| self.table.columns.get(c)).map(|c| c.name).collect();
            match names.as_slice() {
                [] => f.write_str(", its version alone")?,
                names => write!(f, ", columns {}", names.join(", "))?,
            }
        }
        if self.rows.iter().any(|row| !row.instead.is_empty()) {
            f.write_str(", for the time being")?;
        }
        Ok(())
    }
}
