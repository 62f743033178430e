//! Runs the program in a directory of its own, with nothing of the caller's environment that it reads.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;

use crate::scratch::Scratch;

/// A password that stands in many a URL of these tests, and must stand in no output.
pub(crate) const PASSWORD: &str = "hunter2";

/// A directory with revisions, and the program run in it.
pub(crate) struct Project {
    directory: TempDir,
    variables: Vec<(&'static str, String)>,
}

/// What a run has told.
#[derive(Debug)]
pub(crate) struct Told {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Project {
    /// With nothing in it.
    pub(crate) fn empty() -> Self {
        let directory = tempfile::Builder::new().prefix("underpin-cli-").tempdir().expect("a directory");
        Self { directory, variables: Vec::new() }
    }

    /// With an empty directory `migrations`.
    pub(crate) fn new() -> Self {
        let project = Self::empty();
        fs::create_dir(project.path("migrations")).expect("a directory");
        project
    }

    /// With an empty directory `migrations`, on a database.
    pub(crate) fn on(scratch: &Scratch) -> Self {
        Self::new().with("DATABASE_URL", scratch.url())
    }

    /// With the revisions 001, 002 and 003, each of which makes a table: `one`, `two`, `three`.
    pub(crate) fn of_three(scratch: &Scratch) -> Self {
        let project = Self::on(scratch);
        project.table("001", "none", "one");
        project.table("002", "001", "two");
        project.table("003", "002", "three");
        project
    }

    pub(crate) fn with(mut self, variable: &'static str, value: impl Into<String>) -> Self {
        self.variables.push((variable, value.into()));
        self
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.directory.path().join(name)
    }

    pub(crate) fn directory(&self) -> &Path {
        self.directory.path()
    }

    /// A file in the directory.
    pub(crate) fn file(&self, name: &str, content: &str) -> PathBuf {
        let path = self.path(name);
        fs::create_dir_all(path.parent().expect("a directory")).expect("a directory");
        fs::write(&path, content).expect("a file");
        path
    }

    pub(crate) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).expect(name)
    }

    /// A revision that makes a table.
    pub(crate) fn table(&self, id: &str, revises: &str, table: &str) {
        self.revision(
            id,
            &format!("revises: {revises}"),
            &format!("CREATE TABLE {table} (id integer);"),
            &format!("DROP TABLE {table};"),
        );
    }

    /// A revision with further lines of the header.
    pub(crate) fn revision(&self, id: &str, header: &str, up: &str, down: &str) {
        let header = header.replace('\n', "\n-- ");
        let text = format!(
            "-- Make {id}\n--\n-- revision: {id}\n-- {header}\n\n-- +upgrade\n{up}\n\n-- +downgrade\n{down}\n"
        );
        self.file(&format!("migrations/{id}.sql"), &text);
    }

    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_underpin"));
        command.args(arguments).current_dir(self.directory.path()).stdin(Stdio::null());
        for variable in [
            "UNDERPIN_KEYS",
            "UNDERPIN_KEY_FILE",
            "DATABASE_URL",
            "NO_COLOR",
            "CLICOLOR_FORCE",
            "PGPASSWORD",
            "RUST_BACKTRACE",
            "VISUAL",
            "EDITOR",
        ] {
            command.env_remove(variable);
        }
        command.envs(self.variables.iter().map(|(variable, value)| (*variable, value)));
        command
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Told {
        Told::of(&self.command(arguments).output().expect("the program starts"))
    }

    /// The document that a command prints.
    pub(crate) fn json(&self, arguments: &[&str]) -> Value {
        self.run(&[arguments, &["--format", "json"]].concat()).done().json()
    }

    /// The identifiers of a list.
    pub(crate) fn ids(&self, arguments: &[&str]) -> Vec<String> {
        let list = self.json(arguments);
        let id = |object: &Value| object["revision"].as_str().expect("an identifier").to_owned();
        list.as_array().expect("a list").iter().map(id).collect()
    }
}

impl Told {
    /// What was told, which at any time is no panic and no password, and has a hint if it is an error.
    pub(crate) fn of(output: &Output) -> Self {
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("the program writes UTF-8");
        let code = output.status.code().expect("no signal ended the program");
        let told = Self { code, out: text(&output.stdout), err: text(&output.stderr) };
        assert!((0..=3).contains(&told.code), "{told:?}");
        assert!(!told.err.contains("panicked"), "{}", told.err);
        assert!(
            !told.err.contains('\u{1b}') && !told.out.contains('\u{1b}'),
            "no colours in a pipe: {told:?}"
        );
        assert!(!told.out.contains(PASSWORD) && !told.err.contains(PASSWORD), "{told:?}");
        assert_eq!(told.err.contains("hint: "), told.code != 0, "{told:?}");
        told
    }

    pub(crate) fn done(self) -> Self {
        assert_eq!(self.code, 0, "{self:?}");
        self
    }

    /// It ended so, and standard error says why.
    pub(crate) fn ended(self, code: i32, why: &str) -> Self {
        assert_eq!(self.code, code, "{self:?}");
        assert!(self.err.contains(why), "{why}: {self:?}");
        self
    }

    /// The one document on standard output.
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }
}
