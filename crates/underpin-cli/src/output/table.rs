//! Columns of text beside each other.

/// Rows whose cells are as wide as the widest of their column. Widths count characters, not colours.
#[derive(Debug, Default)]
pub(crate) struct Table {
    rows: Vec<Vec<Cell>>,
}

#[derive(Debug)]
struct Cell {
    text: String,
    painted: String,
}

impl Table {
    /// Adds a row of cells: what they say, and that with its colours.
    pub(crate) fn row(&mut self, cells: impl IntoIterator<Item = (String, String)>) {
        self.rows.push(cells.into_iter().map(|(text, painted)| Cell { text, painted }).collect());
    }

    /// The lines, without spaces at their ends.
    pub(crate) fn text(&self) -> String {
        let columns = self.rows.iter().map(Vec::len).max().unwrap_or(0);
        let width = |column: usize| {
            let cells = self.rows.iter().filter_map(|row| row.get(column));
            cells.map(|cell| cell.text.chars().count()).max().unwrap_or(0)
        };
        let widths: Vec<usize> = (0..columns).map(width).collect();
        let mut text = String::new();
        for row in &self.rows {
            let mut pending = 0;
            for (cell, width) in row.iter().zip(&widths) {
                let length = cell.text.chars().count();
                if length > 0 {
                    text.push_str(&" ".repeat(pending));
                    text.push_str(&cell.painted);
                    pending = 0;
                }
                pending += width - length + if *width > 0 { 2 } else { 0 };
            }
            text.push('\n');
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_stand_below_their_titles() {
        let mut table = Table::default();
        for row in [
            ["ID", "LABEL", "", "MESSAGE"],
            ["1", "a label", "", "first"],
            ["1000", "", "", ""],
            ["2", "", "", "last"],
        ] {
            table.row(row.map(|cell| (cell.to_owned(), cell.to_owned())));
        }
        assert_eq!(table.text(), "ID    LABEL    MESSAGE\n1     a label  first\n1000\n2              last\n");
    }
}
