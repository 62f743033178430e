//! The binary `finance-manage`: Underpin's commands on the revisions of this example.

use std::process::{Command, Stdio};

use crate::finance::{Finance, Told, on_each};
use crate::scratch::Scratch;

const CARGO: &str = include_str!("../../../../../.cargo/config.toml");

fn manage(finance: &Finance, scratch: &Scratch, arguments: &[&str]) -> Told {
    let mut command = Command::new(env!("CARGO_BIN_EXE_finance-manage"));
    command.args(arguments).current_dir(finance.directory()).stdin(Stdio::null());
    Told::of(&command.env("DATABASE_URL", scratch.url()).output().expect("the program starts"))
}

#[test]
fn it_carries_the_revisions() {
    on_each(|scratch| {
        let finance = Finance::on(scratch);
        finance
            .run(&["users"])
            .ended(3, if scratch.url().starts_with("sqlite") { "does not exist" } else { "not up to date" });
        let told = manage(&finance, scratch, &["upgrade", "head", "--quiet"]).done();
        assert!(told.out.starts_with("up     001  Create users"), "{told:?}");
        manage(&finance, scratch, &["current", "--check-heads"]).done();
        finance.run(&["users"]).done();
        manage(&finance, scratch, &["downgrade", "base", "--quiet"]).done();
    });
}

#[test]
fn cargo_knows_it_by_an_alias() {
    let alias = CARGO.lines().find(|line| line.starts_with("underpin = ")).expect("the alias");
    assert_eq!(alias, "underpin = \"run --quiet --package finance --bin finance-manage --\"");
    assert!(env!("CARGO_BIN_EXE_finance-manage").contains("manage") && env!("CARGO_PKG_NAME") == "finance");
}
