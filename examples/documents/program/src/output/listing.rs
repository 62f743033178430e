//! A list on standard output, as a table or as JSON, written while its elements arrive.

use std::io::{self, BufWriter, Stdout, Write};

use serde_json::Value;

use super::{JsonArray, Paint};
use crate::cli::Format;

/// A list that has been begun.
pub(crate) enum Listing {
    Table { out: BufWriter<Stdout>, columns: &'static [Column] },
    Json(JsonArray<BufWriter<Stdout>>),
}

/// A column of a table: its title, how many characters wide it is at least, and whether it is aligned at the right.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Column(&'static str, usize, bool);

impl Column {
    pub(crate) const fn new(title: &'static str, width: usize) -> Self {
        Self(title, width, false)
    }

    /// A column of numbers.
    pub(crate) const fn right(title: &'static str, width: usize) -> Self {
        Self(title, width, true)
    }

    /// The last column, which is as wide as it needs to be.
    pub(crate) const fn last(title: &'static str) -> Self {
        Self(title, 0, false)
    }
}

impl Listing {
    pub(crate) fn begin(format: Format, columns: &'static [Column]) -> io::Result<Self> {
        let paint = Paint::of(&io::stdout());
        let mut out = BufWriter::new(io::stdout());
        match format {
            Format::Json => Ok(Self::Json(JsonArray::begin(out)?)),
            Format::Table => {
                let titles = columns.iter().map(|Column(title, ..)| (*title).to_owned());
                writeln!(out, "{}", paint.bold(&line(columns, titles)))?;
                Ok(Self::Table { out, columns })
            }
        }
    }

    /// Adds an element, in whichever form is wanted.
    pub(crate) fn push<const N: usize>(
        &mut self,
        cells: impl FnOnce() -> [String; N],
        object: impl FnOnce() -> Value,
    ) -> io::Result<()> {
        match self {
            Self::Table { out, columns } => writeln!(out, "{}", line(columns, cells().into_iter())),
            Self::Json(array) => array.push(&object()),
        }
    }

    pub(crate) fn end(self) -> io::Result<()> {
        match self {
            Self::Table { mut out, .. } => out.flush(),
            Self::Json(array) => array.end(),
        }
    }
}

/// Cells beside each other.
fn line(columns: &[Column], cells: impl Iterator<Item = String>) -> String {
    let padded: Vec<String> = columns
        .iter()
        .zip(cells)
        .map(
            |(Column(_, width, is_right), cell)| {
                if *is_right { format!("{cell:>width$}") } else { format!("{cell:<width$}") }
            },
        )
        .collect();
    padded.join("  ").trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_stand_below_their_titles() {
        let columns = [Column::right("ID", 4), Column::new("MAKE", 8), Column::last("MODEL")];
        let cells = |cells: [&str; 3]| line(&columns, cells.map(str::to_owned).into_iter());
        assert_eq!(cells(["ID", "MAKE", "MODEL"]), "  ID  MAKE      MODEL");
        assert_eq!(cells(["1", "Kia", "Rio"]), "   1  Kia       Rio");
        assert_eq!(cells(["1", "Kia", ""]), "   1  Kia");
    }
}
