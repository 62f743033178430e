//! The binary `teams-manage`: Underpin's commands on the revisions of this example.

use std::process::{Command, Stdio};

use crate::run::{Program, Told, on_each};

#[test]
fn it_carries_the_revisions() {
    on_each(|scratch| {
        let program = Program::on(scratch);
        let manage = |arguments: &[&str]| {
            let mut command = Command::new(env!("CARGO_BIN_EXE_teams-manage"));
            command.args(arguments).current_dir(program.directory()).stdin(Stdio::null());
            Told::of(&command.env("DATABASE_URL", scratch.url()).output().expect("the program starts"))
        };
        let told = manage(&["upgrade", "head", "--quiet"]).done();
        assert!(told.out.starts_with("up     001  Create users"), "{told:?}");
        manage(&["current", "--check-heads"]).done();
        assert!(program.list(&["team", "list"]).is_empty());
        manage(&["downgrade", "base", "--quiet"]).done();
        program.run(&["team", "list"]).ended(3, "revision 001 is missing");
    });
}
