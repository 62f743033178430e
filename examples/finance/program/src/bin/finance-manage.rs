//! The commands of Underpin on the revisions of the finance example: `cargo underpin upgrade head`.

use std::process::ExitCode;

use underpin_cli::Manage;

fn main() -> ExitCode {
    Manage::embedded(finance_adapter::MIGRATIONS)
        .encrypted([finance_adapter::secret_column()])
        .name("cargo underpin")
        .run()
}
