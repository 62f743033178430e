//! The commands of Underpin on the revisions of the team catalogue: `cargo run -p teams --bin teams-manage -- upgrade head`.

use std::process::ExitCode;

use underpin_cli::Manage;

fn main() -> ExitCode {
    Manage::embedded(teams_adapter::MIGRATIONS).name("cargo run -p teams --bin teams-manage --").run()
}
