//! The commands of the README's section on migrations work as they stand there.

use std::path::Path;

use crate::program::{Project, Told};

const README: &str = include_str!("../../../../README.md");

/// Installing would build while a build is running.
const CARGO: &str = "set -eu\ncargo() { test \"$1\" = install; }\n";

#[test]
fn they_run_one_after_the_other() {
    let (_, section) = README.split_once("## Migrations\n").expect("the section");
    let (_, rest) = section.split_once("```sh\n").expect("a block of commands");
    let (commands, _) = rest.split_once("```").expect("its end");
    let project = Project::empty();
    let program = Path::new(env!("CARGO_BIN_EXE_underpin")).parent().expect("a directory");
    let path = format!("{}:{}", program.display(), std::env::var("PATH").expect("a path"));
    let mut shell = std::process::Command::new("sh");
    shell.args(["-c", &format!("{CARGO}{commands}")]).current_dir(project.directory());
    shell.env("PATH", path).env_remove("DATABASE_URL");
    let told = Told::of(&shell.output().expect("a shell")).done();
    for said in [
        "created migrations/",
        "CREATE TABLE users",
        "up     001  Create users",
        "*  001  Create users  (current, head, base)",
        "down   001  Create users",
    ] {
        assert!(told.out.contains(said), "{said} is missing in\n{}", told.out);
    }
}
