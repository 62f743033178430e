//! What a server notes while it runs: warnings and errors, on standard error, with no value in them.

use std::io;

use tracing_subscriber::filter::LevelFilter;

/// Writes warnings and errors to standard error from now on.
pub(crate) fn begin() {
    tracing_subscriber::fmt()
        .with_max_level(LevelFilter::WARN)
        .with_writer(io::stderr)
        .with_target(false)
        .with_ansi(false)
        .init();
}
