//! The benchmark's own output: the tables on standard output, everything else on standard error.

use std::io::Write;

/// One line of progress.
pub(crate) fn progress(text: &str) {
    // A closed standard error is no reason to stop measuring.
    let _ = writeln!(std::io::stderr().lock(), "{text}");
}

/// The result.
pub(crate) fn result(text: &str) -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    out.write_all(text.as_bytes())?;
    out.flush()
}
