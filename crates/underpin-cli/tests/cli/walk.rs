//! What a new user types, one after the other.

use crate::program::Project;
use crate::scratch::{Scratch, on_each};

#[test]
fn from_nothing_to_a_database_and_back() {
    on_each(|scratch: &Scratch| {
        let project = Project::empty().with("DATABASE_URL", scratch.url());
        project.run(&["init"]).done();
        let users = project.run(&["revision", "-m", "Create users", "--rev-id", "001"]).done().out;
        let text = project.read(users.trim_end());
        let text = text
            .replace(
                "-- +upgrade\n",
                "-- +upgrade\nCREATE TABLE users (id integer PRIMARY KEY, email text NOT NULL);\n",
            )
            .replace("-- +downgrade\n", "-- +downgrade\nDROP TABLE users;\n");
        project.file(users.trim_end(), &text);
        assert!(project.run(&["upgrade", "--dry-run"]).done().out.contains("CREATE TABLE users"));
        project.run(&["upgrade"]).done();

        let phones = project.run(&["revision", "-m", "Add users.phone", "--rev-id", "002"]).done().out;
        assert_eq!(phones, "migrations/002_add_users_phone.sql\n");
        let text = project.read(phones.trim_end());
        let text = text
            .replace("-- +upgrade\n", "-- +upgrade\nALTER TABLE users ADD COLUMN phone text;\n")
            .replace("-- +downgrade\n", "-- +downgrade\nALTER TABLE users DROP COLUMN phone;\n");
        project.file(phones.trim_end(), &text);
        project.run(&["current", "--check-heads"]).ended(1, "1 revision is missing");
        project.run(&["upgrade"]).done();
        project.run(&["current", "--check-heads"]).done();
        let history = project.run(&["history", "-i", "--graph"]).done().out;
        assert_eq!(history, "*  002  Add users.phone  (current, head)\n*  001  Create users  (base)\n");
        scratch.script("INSERT INTO users VALUES (1, 'ana@example.org', '+49')");
        project.run(&["downgrade", "-1"]).done();
        assert_eq!(scratch.column("SELECT email FROM users"), ["ana@example.org"]);
        project.run(&["downgrade", "base"]).done();
        assert_eq!(project.run(&["current"]).done().err, "nothing is applied\n");
    });
}
