//! The table of the benchmark of HTTP.

use std::fmt::Write;

/// What one server did with one request, over and over.
#[derive(Debug, Clone)]
pub(super) struct Line {
    pub(super) path: &'static str,
    pub(super) variant: &'static str,
    pub(super) technique: &'static str,
    /// Requests in a second, the median of the rounds.
    pub(super) per_second: f64,
    /// Seconds that the server computed for a request, the median of the rounds.
    pub(super) cpu: f64,
    /// Of that of the raw server, the median of the rounds.
    pub(super) throughput: f64,
    pub(super) cpu_ratio: f64,
}

pub(super) fn text(lines: &[Line]) -> String {
    let mut text = String::from(
        "| request | variant | technique | requests/s | server CPU | throughput ÷ raw | CPU ÷ raw |\n|---|---|---|--:|--:|--:|--:|\n",
    );
    for line in lines {
        let _ = writeln!(
            text,
            "| `GET {}` | {} | {} | {:.0} | {:.0} µs | {:.2} | {:.2} |",
            line.path,
            line.variant,
            line.technique,
            line.per_second,
            line.cpu * 1e6,
            line.throughput,
            line.cpu_ratio
        );
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_a_row_of_markdown() {
        let line = Line {
            path: "/cars",
            variant: "underpin",
            technique: "catalog serve",
            per_second: 8765.4,
            cpu: 123.4e-6,
            throughput: 0.956,
            cpu_ratio: 1.07,
        };
        let text = text(&[line]);
        assert!(
            text.ends_with("| `GET /cars` | underpin | catalog serve | 8765 | 123 µs | 0.96 | 1.07 |\n"),
            "{text}"
        );
    }
}
