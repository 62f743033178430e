//! Runs the program in a directory of its own, with nothing of the caller's environment that it reads.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;
use underpin::secrets::KeyRing;

use crate::scratch::Scratch;

/// A password that stands in many a URL of these tests, and must stand in no output.
pub(crate) const PASSWORD: &str = "hunter2";

/// The key that the program has, which must stand in no output either.
pub(crate) const KEY: &str = "q7f+HcFzJ6mB2Xb0m1w9kOe3u5r8T1yL4vN7pQ0sUzE=";

/// The program, and where it is run.
pub(crate) struct Program {
    directory: TempDir,
    url: Option<String>,
    keys: Option<String>,
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
        let directory =
            tempfile::Builder::new().prefix("underpin-documents-").tempdir().expect("a directory");
        Self { directory, url: None, keys: Some(format!("1:primary:{KEY}")) }
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

    /// With what stands in `UNDERPIN_KEYS`, or without it.
    pub(crate) fn with_keys(self, keys: Option<String>) -> Self {
        Self { keys, ..self }
    }

    /// A file in the directory, or in one below it.
    pub(crate) fn file(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.directory.path().join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(&path, content).expect("a file");
        path
    }

    pub(crate) fn directory(&self) -> &Path {
        self.directory.path()
    }

    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        self.of(env!("CARGO_BIN_EXE_documents"), arguments)
    }

    /// A command of `documents-manage`, the commands of Underpin.
    pub(crate) fn manage(&self, arguments: &[&str]) -> Told {
        let mut command = self.of(env!("CARGO_BIN_EXE_documents-manage"), arguments);
        Told::of(&command.output().expect("the program starts"))
    }

    fn of(&self, program: &str, arguments: &[&str]) -> Command {
        let mut command = Command::new(program);
        command.args(arguments).current_dir(self.directory.path()).stdin(Stdio::null());
        for variable in
            ["DATABASE_URL", "DOCUMENTS_STORE", "NO_COLOR", "CLICOLOR_FORCE", "PGPASSWORD", "RUST_BACKTRACE"]
        {
            command.env_remove(variable);
        }
        command.env_remove(KeyRing::VARIABLE).env_remove(KeyRing::FILE_VARIABLE);
        command.env("TMPDIR", self.directory.path());
        if let Some(url) = &self.url {
            command.env("DATABASE_URL", url);
        }
        if let Some(keys) = &self.keys {
            command.env(KeyRing::VARIABLE, keys);
        }
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

    /// The list that a command gives as JSON.
    pub(crate) fn list(&self, arguments: &[&str]) -> Vec<serde_json::Value> {
        let told = self.run(&[arguments, &["--format", "json"]].concat()).done();
        serde_json::from_str(&told.out).expect(&told.out)
    }

    /// The object that a command gives as JSON.
    pub(crate) fn object(&self, arguments: &[&str]) -> serde_json::Value {
        let told = self.run(arguments).done();
        serde_json::from_str(&told.out).expect(&told.out)
    }

    /// The document of a file name.
    pub(crate) fn document(&self, file_name: &str) -> serde_json::Value {
        let all = self.list(&["list", "--limit", "100"]);
        let found = all.iter().find(|document| document["file_name"] == file_name);
        let id = found.expect(file_name)["id"].as_str().expect("an id").to_owned();
        self.object(&["show", &id])
    }

    /// How many files the store has, those that are coming in included.
    pub(crate) fn kept(&self) -> usize {
        files(&self.directory.path().join("document-store"))
    }

    /// One text of each element.
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
        for secret in [PASSWORD, &KEY[..20]] {
            assert!(!told.out.contains(secret) && !told.err.contains(secret), "{told:?}");
        }
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
}

/// Runs a case on each kind of database.
pub(crate) fn on_each(case: impl Fn(&Scratch)) {
    for scratch in [Scratch::sqlite(), Scratch::postgres()] {
        case(&scratch);
    }
}

fn files(folder: &Path) -> usize {
    let Ok(entries) = fs::read_dir(folder) else { return 0 };
    let count = |path: PathBuf| if path.is_dir() { files(&path) } else { 1 };
    entries.map(|entry| count(entry.expect("an entry").path())).sum()
}

/// A content of a sample file.
pub(crate) fn sample(name: &str) -> Vec<u8> {
    fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("../data").join(name)).expect(name)
}
