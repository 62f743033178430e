//! The commands of Underpin on the revisions of the catalogue: `cargo run -p catalog --bin catalog-manage -- upgrade head`.

use std::process::ExitCode;

use underpin_cli::Manage;

fn main() -> ExitCode {
    Manage::embedded(catalog_adapter::MIGRATIONS).name("cargo run -p catalog --bin catalog-manage --").run()
}
