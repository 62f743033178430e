//! The stand-alone program.

use std::{
    env,
    io::{self, Write as _},
    process::ExitCode,
};

fn main() -> ExitCode {
    let answer = underpin_archlint::answer("underpin-archlint", env::args_os().skip(1));
    // A reader that has gone away wants no more; there is nobody left to tell.
    let _ = io::stdout().write_all(answer.output.as_bytes());
    let _ = io::stderr().write_all(answer.errors.as_bytes());
    ExitCode::from(answer.code)
}
