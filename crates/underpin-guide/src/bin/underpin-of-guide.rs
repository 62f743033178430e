//! The program `underpin`, for the commands of the guide: a test can name only binaries of its own package.

use std::process::ExitCode;

use underpin_cli::Manage;

fn main() -> ExitCode {
    Manage::new().run()
}
