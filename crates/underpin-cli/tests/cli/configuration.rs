//! `underpin.toml`: where it is found, what it may say, and the hooks that it names.

use crate::program::Project;

#[test]
fn it_is_found_above_and_its_paths_begin_at_it() {
    let project = Project::empty();
    project.file("underpin.toml", "migrations = \"db\"\nurl = \"sqlite:app.db\"\n");
    project.file(
        "db/001.sql",
        "-- Begin\n--\n-- revision: 001\n-- revises: none\n\n-- +upgrade\nCREATE TABLE t (id integer);\n",
    );
    project.file("inner/deep/x", "");
    let mut command = project.command(&["upgrade"]);
    let output = command.current_dir(project.path("inner/deep")).output().expect("the program starts");
    assert!(output.status.success(), "{output:?}");
    assert!(project.path("app.db").exists() && !project.path("inner/deep/app.db").exists());
    assert_eq!(project.ids(&["current"]), ["001"]);
}

#[test]
fn options_come_before_it() {
    let project = Project::empty();
    project.file("underpin.toml", "migrations = \"no\"\nurl = \"sqlite:no.db\"\n");
    project.file("yes/001.sql", "-- Begin\n--\n-- revision: 001\n-- revises: none\n\n-- +upgrade\n");
    project.run(&["upgrade"]).ended(2, "there is no directory no");
    project.run(&["upgrade", "--migrations", "yes", "--url", "sqlite:yes.db"]).done();
    assert!(project.path("yes.db").exists() && !project.path("no.db").exists());
    project.file("other.toml", "migrations = \"yes\"\n");
    assert_eq!(project.ids(&["heads", "--config", "other.toml"]), ["001"]);
    project.run(&["heads", "--config", "third.toml"]).ended(2, "third.toml");
}

#[test]
fn a_mistake_in_it_is_told_with_its_line() {
    let project = Project::new();
    project.file("underpin.toml", "migrations = \"migrations\"\n\nmigration = \"x\"\n");
    let told = project.run(&["heads"]).ended(2, "underpin.toml:3");
    assert!(told.err.contains("unknown field `migration`"), "{told:?}");
    project.file("underpin.toml", "timezone = \"Europe/Berlin\"\n");
    project.run(&["heads"]).ended(2, "underpin.toml:1");
    project.file("underpin.toml", "file_template = \"{nonsense}\"\n");
    project.run(&["revision", "-m", "x"]).ended(2, "{nonsense}");
}

#[test]
fn the_environment_comes_before_env_before_it() {
    let project = Project::new();
    project.table("001", "none", "one");
    project.file("underpin.toml", "url = \"sqlite:toml.db\"\n");
    project.run(&["upgrade"]).done();
    assert!(project.path("toml.db").exists());
    project.file(".env", "DATABASE_URL=sqlite:env.db\n");
    project.run(&["upgrade"]).done();
    assert!(project.path("env.db").exists());
    let project = project.with("DATABASE_URL", "sqlite:variable.db");
    project.run(&["upgrade"]).done();
    assert!(project.path("variable.db").exists());
}

#[test]
fn names_of_files_follow_the_template() {
    let project = Project::new();
    project.file("underpin.toml", "file_template = \"{year}/{rev}_{slug}\"\ntruncate_slug_length = 6\n");
    let told = project.run(&["revision", "-m", "Create users", "--rev-id", "001"]).done();
    let path = told.out.trim_end();
    assert!(path.starts_with("migrations/2") && path.ends_with("/001_create.sql"), "{path}");
    assert!(project.path(path).exists());
    assert_eq!(project.ids(&["heads"]), ["001"], "folders are read too");
}

#[test]
fn hooks_run_over_a_new_file() {
    let project = Project::new();
    project.file(
        "underpin.toml",
        "[[post_write_hooks]]\ncommand = \"sh\"\nargs = [\"-c\", \"echo '-- seen' >> \\\"$1\\\"; echo hello\", \"-\", \"{file}\"]\n\
         [[post_write_hooks]]\ncommand = \"test\"\nargs = [\"-f\"]\n",
    );
    let told = project.run(&["revision", "-m", "x", "--rev-id", "001"]).done();
    assert_eq!(told.out, "migrations/001_x.sql\n", "what a hook prints is not data");
    assert!(told.err.contains("hello"), "{told:?}");
    assert!(project.read("migrations/001_x.sql").ends_with("-- seen\n"));
}

#[test]
fn a_hook_that_fails_is_told_and_the_file_stays() {
    for (hook, why) in [
        ("command = \"false\"", "`false` ended with"),
        ("command = \"no-such-program\"", "could not be started"),
    ] {
        let project = Project::new();
        project.file("underpin.toml", &format!("[[post_write_hooks]]\n{hook}\n"));
        let told = project.run(&["revision", "-m", "x", "--rev-id", "001"]).ended(1, why);
        assert_eq!(told.out, "migrations/001_x.sql\n");
        assert!(project.path("migrations/001_x.sql").exists());
    }
}
