//! Messages to the person at the keyboard, on standard error.
//!
//! A message that cannot be written is lost, and the command goes on: it must not fail for having nobody to talk to.

use std::io::{self, Write};

use clap::error::ErrorKind;

use super::Paint;
use crate::called::Called;
use crate::error::{Error, Result};
use crate::exit::Exit;
use crate::redact::redacted;

/// Tells why a command stops.
pub(crate) fn tell(error: &Error, called: &Called) {
    let Error::Told(told) = error else { return };
    let paint = Paint::of(&io::stderr());
    let mut text = format!("{}: {}\n", paint.red("error"), told.message);
    if let Some(place) = &told.place {
        text.push_str(&format!("   {} {place}\n", paint.dim("at")));
    }
    if let Some(statement) = &told.statement {
        text.push_str(&format!("      {statement}\n"));
    }
    for cause in &told.causes {
        text.push_str(&format!("   {} {}\n", paint.dim("because:"), indented(cause)));
    }
    text.push_str(&format!(" {}: {}\n", paint.yellow("hint"), indented(&called.says(&told.hint))));
    write(&redacted(&text));
}

/// Says something that is no data and no error.
pub(crate) fn note(text: &str) {
    write(&redacted(&format!("{text}\n")));
}

/// Tells what is wrong with the arguments, or answers `--help` and `--version`, which are data.
///
/// # Errors
/// If standard output cannot be written.
pub(crate) fn answer(error: &clap::Error) -> Result<Exit> {
    if !error.use_stderr() {
        error.print()?;
        return Ok(Exit::Done);
    }
    let rendered = error.render();
    let text = match Paint::of(&io::stderr()).is_on() {
        true => rendered.ansi().to_string(),
        false => rendered.to_string(),
    };
    match error.kind() {
        // Nothing was asked. The help is our own text and has no secrets, only examples.
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            write(&format!("{text}\nhint: name a command; `init` begins a new project\n"));
        }
        _ => write(&redacted(&text.replace("For more information, try", "hint: try"))),
    }
    Ok(Exit::Mistake)
}

/// The lines behind the first stand below it.
fn indented(text: &str) -> String {
    text.trim_end().replace('\n', "\n     ")
}

fn write(text: &str) {
    let _ = io::stderr().lock().write_all(text.as_bytes());
}
