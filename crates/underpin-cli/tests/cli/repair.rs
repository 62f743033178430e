//! `repair`: an edit that changes nothing is accepted after a look.

use serde_json::json;

use crate::program::Project;
use crate::scratch::on_each;

#[test]
fn edited_files_are_listed_and_accepted() {
    on_each(|scratch| {
        let project = Project::of_three(scratch);
        project.run(&["upgrade"]).done();
        assert_eq!(project.run(&["repair"]).done().err, "no applied file was edited\n");
        for id in ["001", "002"] {
            let text = project.read(&format!("migrations/{id}.sql"));
            project.file(&format!("migrations/{id}.sql"), &format!("{text}-- a remark\n"));
        }
        project.run(&["downgrade", "-1"]).ended(2, "001.sql");
        let told = project.run(&["repair", "--dry-run"]).done();
        assert_eq!(told.out, "edited  001  migrations/001.sql\nedited  002  migrations/002.sql\n");
        project.run(&["downgrade", "-1"]).ended(2, "001.sql");
        assert_eq!(project.json(&["repair", "002"]), json!({"edited": ["002"], "repaired": true}));
        project.run(&["downgrade", "-1"]).ended(2, "001.sql");
        assert_eq!(project.run(&["repair"]).done().out, "accepted  001  migrations/001.sql\n");
        project.run(&["downgrade", "-1"]).done();
        project.run(&["repair", "nobody"]).ended(2, "nobody");
    });
}
