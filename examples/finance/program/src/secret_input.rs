//! The value of a secret as it comes in: from a pipe or a file, or typed by a person whom nobody looks over the shoulder.

use std::hint::black_box;
use std::io::{self, IsTerminal, Read};

use console::Term;
use finance_domain::SecretValue;

use crate::error::Error;

/// The most bytes of a value.
const LIMIT: usize = 64 << 10;

const HINT: &str =
    "give it on standard input, `finance secret put ID TYPE < FILE`, or type it where you are asked";

/// The value on standard input without the end of its line, or what a person types there without seeing it.
pub(crate) fn read() -> Result<SecretValue, Error> {
    let text = if io::stdin().is_terminal() { asked()? } else { piped()? };
    // From here on it is overwritten when it is dropped, whatever happens.
    let value = SecretValue::new(text);
    match value.expose() {
        "" => Err(Error::mistake("the secret is empty", HINT)),
        text if text.len() > LIMIT => Err(Error::mistake(
            "the secret is longer than 64 KiB",
            "keep files elsewhere, and their key here",
        )),
        _ => Ok(value),
    }
}

fn asked() -> Result<String, Error> {
    let term = Term::stderr();
    let typed = term.write_str("Value (it is not shown): ").and_then(|()| term.read_secure_line());
    typed.map_err(|error| Error::mistake(format!("the secret cannot be read: {error}"), HINT))
}

fn piped() -> Result<String, Error> {
    // As large as it can become, so that no part of it is left behind where the text was before it grew.
    let mut bytes = Vec::with_capacity(LIMIT + 4);
    io::stdin().take(LIMIT as u64 + 3).read_to_end(&mut bytes)?;
    for end in [b'\n', b'\r'] {
        bytes.pop_if(|last| *last == end);
    }
    String::from_utf8(bytes).map_err(|error| {
        let mut bytes = error.into_bytes();
        bytes.fill(0);
        black_box(&bytes);
        Error::mistake("the secret is no text (UTF-8)", "encode it, in base64 for example, before it is kept")
    })
}
