//! Lines about what has been done on standard output, messages to the person at the keyboard on standard error.
//!
//! A message that cannot be written is lost, and the program goes on: it must not fail for having nobody to talk to.

use std::io::{self, Write};

use clap::error::ErrorKind;
use underpin::query::Cursor;
use underpin_cli::redacted;

use super::Paint;
use crate::error::{End, Error};

const START: &str = "hint: name a command; `finance demo` needs nothing and shows everything";

/// Tells why the program stops.
pub(crate) fn tell(error: &Error) {
    let Error::Told { message, hint, .. } = error else { return };
    let paint = Paint::of(&io::stderr());
    let text = format!("{}: {message}\n{}: {hint}\n", paint.red("error"), paint.yellow("hint"));
    write(&redacted(&text));
}

/// Prints a line of data about something that has been done.
///
/// That nobody reads it does not undo what was done, so that a closed pipe is no reason to stop.
pub(crate) fn line(text: &str) -> Result<(), Error> {
    match io::stdout().write_all(format!("{text}\n").as_bytes()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        written => Ok(written?),
    }
}

/// Says something that is no data and no error.
pub(crate) fn note(text: &str) {
    write(&redacted(&format!("{text}\n")));
}

/// Says how to go on, if there is more.
pub(crate) fn next_page(next: Option<&Cursor>) {
    if let Some(next) = next {
        note(&format!("the next page: --after {next}"));
    }
}

/// Tells what is wrong with the arguments, or answers `--help` and `--version`, which are data.
pub(crate) fn answer(error: &clap::Error) -> Result<End, Error> {
    if !error.use_stderr() {
        error.print()?;
        return Ok(End::Done);
    }
    let rendered = error.render();
    let text = match Paint::of(&io::stderr()).is_on() {
        true => rendered.ansi().to_string(),
        false => rendered.to_string(),
    };
    match error.kind() {
        // Nothing was asked. The help is our own text and has no secrets, only examples.
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => write(&format!("{text}\n{START}\n")),
        _ => write(&redacted(&text.replace("For more information, try", "hint: try"))),
    }
    Ok(End::Mistake)
}

fn write(text: &str) {
    let _ = io::stderr().lock().write_all(text.as_bytes());
}
