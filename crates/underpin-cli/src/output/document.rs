//! One JSON document on standard output.

use std::io::{self, Write};

use serde::Serialize;

use crate::error::Result;

/// Prints the document of a command, which prints no other.
///
/// # Errors
/// If standard output cannot be written.
pub(crate) fn document(value: &impl Serialize) -> Result<()> {
    let mut text = serde_json::to_string_pretty(value).map_err(io::Error::from)?;
    text.push('\n');
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes())?;
    Ok(out.flush()?)
}
