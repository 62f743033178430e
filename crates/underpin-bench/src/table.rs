//! The markdown tables that the benchmark prints.

use std::fmt::Write;

use crate::measure::Cost;

/// One line: what one technique of one variant cost in one workload.
#[derive(Debug, Clone)]
pub(crate) struct Line {
    pub(crate) workload: &'static str,
    pub(crate) unit: &'static str,
    pub(crate) database: &'static str,
    pub(crate) variant: &'static str,
    pub(crate) technique: &'static str,
    /// Per unit, the median of the rounds.
    pub(crate) cost: Cost,
    /// Over the raw driver, the median of the rounds.
    pub(crate) ratio: Cost,
}

/// One line of the second table: the memory of a process through which rows streamed.
#[derive(Debug, Clone)]
pub(crate) struct MemoryLine {
    pub(crate) database: &'static str,
    pub(crate) variant: &'static str,
    pub(crate) technique: &'static str,
    pub(crate) rows: u64,
    /// KiB before the first row, after a tenth of the rows, after the last, and at the highest.
    pub(crate) resident: [u64; 4],
}

/// The table of costs; empty text if there are no lines.
pub(crate) fn costs(lines: &[Line]) -> String {
    let mut text = String::new();
    if lines.is_empty() {
        return text;
    }
    text.push_str(
        "| workload | database | variant | technique | time | client CPU | time ÷ raw | CPU ÷ raw |\n",
    );
    text.push_str("|---|---|---|---|--:|--:|--:|--:|\n");
    for l in lines {
        let _ = writeln!(
            text,
            "| {} (per {}) | {} | {} | {} | {} | {} | {:.2} | {:.2} |",
            l.workload,
            l.unit,
            l.database,
            l.variant,
            l.technique,
            seconds(l.cost.wall),
            seconds(l.cost.cpu),
            l.ratio.wall,
            l.ratio.cpu
        );
    }
    text
}

/// The table of resident memory; empty text if there are no lines.
pub(crate) fn memory(lines: &[MemoryLine]) -> String {
    let mut text = String::new();
    if lines.is_empty() {
        return text;
    }
    text.push_str("| resident memory, MiB | database | variant | technique | before the first row | after a tenth | after the last | highest |\n");
    text.push_str("|---|---|---|---|--:|--:|--:|--:|\n");
    for l in lines {
        let [before, early, last, peak] = l.resident.map(|kib| kib as f64 / 1024.0);
        let _ = writeln!(
            text,
            "| {} rows stream | {} | {} | {} | {before:.1} | {early:.1} | {last:.1} | {peak:.1} |",
            l.rows, l.database, l.variant, l.technique
        );
    }
    text
}

/// Three significant digits and the unit that suits them.
fn seconds(value: f64) -> String {
    let (scaled, unit) = match value {
        v if v < 1e-3 => (v * 1e6, "µs"),
        v if v < 1.0 => (v * 1e3, "ms"),
        v => (v, "s"),
    };
    let digits = match scaled {
        v if v < 10.0 => 2,
        v if v < 100.0 => 1,
        _ => 0,
    };
    format!("{scaled:.digits$} {unit}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_duration_has_three_digits() {
        let shown: Vec<_> = [0.000_029_04, 0.006_51, 0.1234, 1.5, 12.25].map(seconds).into();
        assert_eq!(shown, ["29.0 µs", "6.51 ms", "123 ms", "1.50 s", "12.2 s"]);
    }

    #[test]
    fn a_line_is_a_row_of_markdown() {
        let line = Line {
            workload: "point-get",
            unit: "get",
            database: "PostgreSQL",
            variant: "raw-postgres",
            technique: "held statement",
            cost: Cost { wall: 29e-6, cpu: 8e-6 },
            ratio: Cost { wall: 1.0, cpu: 1.0 },
        };
        let table = costs(&[line]);
        let last = table.lines().last();
        assert_eq!(
            last,
            Some(
                "| point-get (per get) | PostgreSQL | raw-postgres | held statement | 29.0 µs | 8.00 µs | 1.00 | 1.00 |"
            )
        );
        assert!(costs(&[]).is_empty() && memory(&[]).is_empty());
    }

    #[test]
    fn memory_is_shown_in_mebibytes() {
        let line = MemoryLine {
            database: "SQLite",
            variant: "raw-sqlite",
            technique: "rows",
            rows: 10,
            resident: [1024, 2048, 2048, 3072],
        };
        assert!(
            memory(&[line])
                .ends_with("| 10 rows stream | SQLite | raw-sqlite | rows | 1.0 | 2.0 | 2.0 | 3.0 |\n")
        );
    }
}
