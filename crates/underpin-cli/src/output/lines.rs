//! Text on standard output.

use std::io::{self, Write};

use crate::error::Result;

/// Prints a line about something that has been done.
///
/// That nobody reads it does not undo what was done, so that a closed pipe is no reason to stop.
pub(crate) fn line(line: &str) -> Result<()> {
    match text(&format!("{line}\n")) {
        Err(crate::error::Error::ClosedPipe) => Ok(()),
        written => written,
    }
}

/// Prints text as it stands.
pub(crate) fn text(text: &str) -> Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes())?;
    Ok(out.flush()?)
}
