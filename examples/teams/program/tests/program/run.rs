//! Runs the program in a directory of its own, with nothing of the caller's environment that it reads.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

use crate::scratch::Scratch;

/// A password that stands in many a URL of these tests, and must stand in no output.
pub(crate) const PASSWORD: &str = "hunter2";

/// The program, and where it is run.
pub(crate) struct Program {
    directory: TempDir,
    url: Option<String>,
}

/// What a run has told.
#[derive(Debug)]
pub(crate) struct Told {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Program {
    /// Without a database.
    pub(crate) fn new() -> Self {
        let directory = tempfile::Builder::new().prefix("underpin-teams-").tempdir().expect("a directory");
        Self { directory, url: None }
    }

    /// With a database whose tables are not built yet.
    pub(crate) fn on(scratch: &Scratch) -> Self {
        Self { url: Some(scratch.url().to_owned()), ..Self::new() }
    }

    /// With a database whose tables are built.
    pub(crate) fn built(scratch: &Scratch) -> Self {
        let program = Self::on(scratch);
        program.run(&["upgrade"]).done();
        program
    }

    /// A file in the directory.
    pub(crate) fn file(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.directory.path().join(name);
        fs::write(&path, content).expect("a file");
        path
    }

    pub(crate) fn directory(&self) -> &Path {
        self.directory.path()
    }

    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_teams"));
        command.args(arguments).current_dir(self.directory.path()).stdin(Stdio::null());
        for variable in [
            "DATABASE_URL",
            "CODE_HOST_URL",
            "CODE_HOST_ORGANISATION",
            "CODE_HOST_TOKEN",
            "DATABASE_POOL_SIZE",
            "DATABASE_POOL_OVERFLOW",
            "NO_COLOR",
            "CLICOLOR_FORCE",
            "PGPASSWORD",
            "RUST_BACKTRACE",
        ] {
            command.env_remove(variable);
        }
        command.env("TMPDIR", self.directory.path());
        if let Some(url) = &self.url {
            command.env("DATABASE_URL", url);
        }
        command
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Told {
        Told::of(&self.command(arguments).output().expect("the program starts"))
    }

    /// Runs it with settings in its environment.
    pub(crate) fn run_with(&self, settings: &[(&str, &str)], arguments: &[&str]) -> Told {
        let output = self.command(arguments).envs(settings.iter().copied()).output();
        Told::of(&output.expect("the program starts"))
    }

    /// The one line that a command gives.
    pub(crate) fn said(&self, arguments: &[&str]) -> String {
        self.run(arguments).done().out.trim_end().to_owned()
    }

    /// The list that a command gives as JSON.
    pub(crate) fn list(&self, arguments: &[&str]) -> Vec<serde_json::Value> {
        let told = self.run(&[arguments, &["--format", "json"]].concat()).done();
        serde_json::from_str(&told.out).expect(&told.out)
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
        assert!(told.code == 0 || told.err.contains("hint: "), "{told:?}");
        told
    }

    pub(crate) fn done(self) -> Self {
        assert_eq!((self.code, self.err.as_str()), (0, ""), "{}", self.out);
        self
    }

    /// It ended so, and standard error says why.
    pub(crate) fn ended(self, code: i32, why: &str) -> Self {
        assert_eq!(self.code, code, "{self:?}");
        assert!(self.err.contains(why), "{why}: {self:?}");
        self
    }
}

/// Runs a case on each kind of database.
pub(crate) fn on_each(case: impl Fn(&Scratch)) {
    for scratch in [Scratch::sqlite(), Scratch::postgres()] {
        case(&scratch);
    }
}
