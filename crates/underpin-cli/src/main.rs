//! The stand-alone program `underpin`: the commands, on the revisions of a directory.

use std::process::ExitCode;

use underpin_cli::Manage;

fn main() -> ExitCode {
    Manage::new().run()
}
