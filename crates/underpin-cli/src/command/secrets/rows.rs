//! Numbers of rows in words.

/// `1 row`, `7 rows`
pub(super) fn rows(count: u64) -> String {
    if count == 1 { "1 row".to_owned() } else { format!("{count} rows") }
}
