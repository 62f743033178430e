//! The commands of Underpin on the revisions of the documents: `cargo run -p documents --bin documents-manage -- upgrade head`.

use std::process::ExitCode;

use underpin_cli::Manage;

fn main() -> ExitCode {
    Manage::embedded(documents_adapter::MIGRATIONS)
        .encrypted([documents_adapter::number_column()])
        .name("cargo run -p documents --bin documents-manage --")
        .run()
}
