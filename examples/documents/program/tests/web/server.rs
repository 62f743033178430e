//! The program, serving on a free port until it is dropped.

use std::fs;
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};

use serde_json::Value;
use tempfile::TempDir;

use crate::client::{Answer, form, send, upload};
use crate::scratch::Scratch;

/// A server on a database and a store of its own.
pub(crate) struct Server {
    pub(crate) address: SocketAddr,
    child: Child,
    /// Kept open, for the program may write to it.
    _out: BufReader<ChildStdout>,
    scratch: Scratch,
    store: TempDir,
}

/// Any key.
const KEYS: &str = "1:primary:q7f+HcFzJ6mB2Xb0m1w9kOe3u5r8T1yL4vN7pQ0sUzE=";

fn program(scratch: &Scratch, store: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_documents"));
    command.args(arguments).args(["--database-url", scratch.url()]).env_remove("DATABASE_URL");
    command.env_remove("UNDERPIN_KEY_FILE").env("UNDERPIN_KEYS", KEYS);
    command.arg("--store").arg(store);
    command
}

impl Server {
    pub(crate) fn start(scratch: Scratch) -> Self {
        let store = tempfile::Builder::new().prefix("underpin-documents-").tempdir().expect("a directory");
        let built = program(&scratch, store.path(), &["upgrade"]).output().expect("the program starts");
        assert!(built.status.success(), "{built:?}");
        let mut child = program(&scratch, store.path(), &["serve", "--listen", "127.0.0.1:0"])
            .stdout(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let mut out = BufReader::new(child.stdout.take().expect("a pipe"));
        let mut line = String::new();
        out.read_line(&mut line).expect("it says where it listens");
        let address = line.trim().strip_prefix("listening on http://").expect(&line);
        let address = address.parse().expect("an address");
        Self { address, child, _out: out, scratch, store }
    }

    /// Runs a command beside the server, on the same database and store.
    pub(crate) fn run(&self, arguments: &[&str]) -> String {
        let output =
            program(&self.scratch, self.store.path(), arguments).output().expect("the program starts");
        String::from_utf8(output.stdout).expect("the program writes UTF-8")
    }

    /// Uploads a file that is a document.
    pub(crate) fn upload(&self, file_name: &str, content: &[u8]) -> Value {
        let answer = upload(self.address, &form(file_name, content));
        assert!(matches!(answer.status, 200 | 201), "{answer:?}");
        answer.json()
    }

    /// The documents that a query lists.
    pub(crate) fn documents(&self, query: &str) -> Vec<Value> {
        let answer = self.get(&format!("/documents{query}"));
        assert_eq!(answer.status, 200, "{query}: {answer:?}");
        answer.json()["documents"].as_array().expect("documents").clone()
    }

    /// The files of the store, those that are coming in included.
    pub(crate) fn files(&self) -> Vec<PathBuf> {
        files(self.store.path())
    }

    pub(crate) fn get(&self, path: &str) -> Answer {
        send(self.address, "GET", path, "")
    }

    pub(crate) fn post(&self, path: &str, body: &Value) -> Answer {
        send(self.address, "POST", path, &body.to_string())
    }

    /// Asks the program to stop, and waits until it has.
    pub(crate) fn stop(mut self) -> Option<i32> {
        let id = self.child.id().to_string();
        let asked = Command::new("kill").args(["-TERM", &id]).status().expect("kill is there");
        assert!(asked.success());
        self.child.wait().expect("it ends").code()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

/// A PDF that says this, as far as anybody looks before it is read.
pub(crate) fn pdf(says: &str) -> Vec<u8> {
    format!("%PDF-1.4 {says}").into_bytes()
}

/// Runs a case on each kind of database.
pub(crate) fn on_each(case: impl Fn(&Server)) {
    for scratch in [Scratch::sqlite(), Scratch::postgres()] {
        case(&Server::start(scratch));
    }
}
