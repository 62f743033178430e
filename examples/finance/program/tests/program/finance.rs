//! Runs the program in a directory of its own, with nothing of the caller's environment that it reads.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

use crate::scratch::Scratch;

/// A password that stands in many a URL of these tests, and must stand in no output.
pub(crate) const PASSWORD: &str = "hunter2";

/// The program, and where it is run.
pub(crate) struct Finance {
    directory: TempDir,
    url: Option<String>,
    variables: Vec<(&'static str, String)>,
}

/// What a run has told.
#[derive(Debug)]
pub(crate) struct Told {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Finance {
    /// Without a database.
    pub(crate) fn new() -> Self {
        let directory = tempfile::Builder::new().prefix("underpin-finance-").tempdir().expect("a directory");
        Self { directory, url: None, variables: Vec::new() }
    }

    /// With a database whose tables are not built yet.
    pub(crate) fn on(scratch: &Scratch) -> Self {
        Self { url: Some(scratch.url().to_owned()), ..Self::new() }
    }

    /// With a database whose tables are built.
    pub(crate) fn built(scratch: &Scratch) -> Self {
        let finance = Self::on(scratch);
        finance.run(&["upgrade"]).done();
        finance
    }

    pub(crate) fn with(mut self, variable: &'static str, value: impl Into<String>) -> Self {
        self.variables.push((variable, value.into()));
        self
    }

    /// With a key, which a demo on a database that is named needs.
    pub(crate) fn with_a_key(self) -> Self {
        self.with("UNDERPIN_KEYS", "1:primary:q7f+HcFzJ6mB2Xb0m1w9kOe3u5r8T1yL4vN7pQ0sUzE=")
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
        let mut command = Command::new(env!("CARGO_BIN_EXE_finance"));
        command.args(arguments).current_dir(self.directory.path()).stdin(Stdio::null());
        for variable in ["DATABASE_URL", "NO_COLOR", "CLICOLOR_FORCE", "PGPASSWORD", "RUST_BACKTRACE"] {
            command.env_remove(variable);
        }
        command.env_remove("UNDERPIN_KEYS").env_remove("UNDERPIN_KEY_FILE");
        command.env("TMPDIR", self.directory.path());
        if let Some(url) = &self.url {
            command.env("DATABASE_URL", url);
        }
        command.envs(self.variables.iter().map(|(variable, value)| (*variable, value)));
        command
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Told {
        Told::of(&self.command(arguments).output().expect("the program starts"))
    }

    pub(crate) fn run_with_input(&self, arguments: &[&str], input: &[u8]) -> Told {
        let mut command = self.command(arguments);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("the program starts");
        // A program that refuses before it reads closes the pipe.
        let _ = child.stdin.take().expect("a pipe").write_all(input);
        Told::of(&child.wait_with_output().expect("the program ends"))
    }

    /// The list that a command gives as JSON, whole.
    pub(crate) fn list(&self, arguments: &[&str]) -> Vec<serde_json::Value> {
        self.pages(arguments).concat()
    }

    /// The same, page by page.
    pub(crate) fn pages(&self, arguments: &[&str]) -> Vec<Vec<serde_json::Value>> {
        let (mut pages, mut after) = (Vec::new(), None::<String>);
        loop {
            let behind = after.as_deref().map(|after| ["--after", after]);
            let behind = behind.as_ref().map_or(&[][..], |behind| &behind[..]);
            let told = self.run(&[arguments, &["--format", "json"], behind].concat());
            assert_eq!(told.code, 0, "{told:?}");
            pages.push(serde_json::from_str(&told.out).expect(&told.out));
            match told.err.strip_prefix("the next page: --after ") {
                Some(next) => after = Some(next.trim_end().to_owned()),
                None => {
                    assert_eq!(told.err, "");
                    return pages;
                }
            }
        }
    }

    /// One text of each user or event.
    pub(crate) fn texts(&self, arguments: &[&str], name: &str) -> Vec<String> {
        let text = |object: &serde_json::Value| object[name].as_str().expect(name).to_owned();
        self.list(arguments).iter().map(text).collect()
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
        assert_eq!((self.code, self.err.as_str()), (0, ""), "{}", self.out);
        self
    }

    /// It ended so, and standard error says why.
    pub(crate) fn ended(self, code: i32, why: &str) -> Self {
        assert_eq!(self.code, code, "{self:?}");
        assert!(self.err.contains(why), "{why}: {self:?}");
        self
    }

    pub(crate) fn word(&self, place: usize) -> String {
        self.out.split_whitespace().nth(place).expect("a word").to_owned()
    }
}

/// Runs a case on each kind of database.
pub(crate) fn on_each(case: impl Fn(&Scratch)) {
    for scratch in [Scratch::sqlite(), Scratch::postgres()] {
        case(&scratch);
    }
}
