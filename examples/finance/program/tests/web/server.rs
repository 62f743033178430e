//! The program, serving on a free port until it is dropped.

use std::io::{BufRead, BufReader, Read};
use std::net::SocketAddr;
use std::process::{Child, ChildStdout, Command, Stdio};

use serde_json::{Value, json};

use crate::client::{Answer, send};
use crate::scratch::Scratch;

/// The token of the servers of these tests.
pub(crate) const TOKEN: &str = "a-token-for-tests-of-40-characters-0123456";

/// Keys for servers of these tests.
pub(crate) const KEYS: &str = "1:primary:MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";

/// A server on a database of its own.
pub(crate) struct Server {
    pub(crate) address: SocketAddr,
    child: Child,
    /// Kept open, for the program may write to it.
    out: BufReader<ChildStdout>,
    _scratch: Scratch,
}

/// The program with a database and no token.
pub(crate) fn program(scratch: &Scratch, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_finance"));
    command.args(arguments).args(["--database-url", scratch.url()]);
    for variable in ["DATABASE_URL", "FINANCE_TOKEN", "UNDERPIN_KEYS", "UNDERPIN_KEY_FILE"] {
        command.env_remove(variable);
    }
    command
}

/// The header that bears a token.
pub(crate) fn bearing(token: &str) -> String {
    format!("authorization: Bearer {token}\r\n")
}

impl Server {
    pub(crate) fn start(scratch: Scratch) -> Self {
        let built = program(&scratch, &["upgrade"]).output().expect("the program starts");
        assert!(built.status.success(), "{built:?}");
        let mut child = program(&scratch, &["serve", "--listen", "127.0.0.1:0"])
            .env("FINANCE_TOKEN", TOKEN)
            .env("UNDERPIN_KEYS", KEYS)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let mut out = BufReader::new(child.stdout.take().expect("a pipe"));
        let mut line = String::new();
        out.read_line(&mut line).expect("it says where it listens");
        let address = line.trim().strip_prefix("listening on http://").expect(&line);
        let address = address.parse().expect("an address");
        Self { address, child, out, _scratch: scratch }
    }

    /// Sends a request that bears the token.
    pub(crate) fn send(&self, method: &str, path: &str, body: &str) -> Answer {
        send(self.address, method, path, &bearing(TOKEN), body)
    }

    pub(crate) fn get(&self, path: &str) -> Answer {
        self.send("GET", path, "")
    }

    pub(crate) fn register(&self, email: &str) -> Answer {
        self.send("POST", "/users", &json!({ "email": email }).to_string())
    }

    pub(crate) fn change_email(&self, id: &str, email: &str) -> Answer {
        self.send("PUT", &format!("/users/{id}/email"), &json!({ "email": email }).to_string())
    }

    /// A user who has registered, as JSON.
    pub(crate) fn registered(&self, email: &str) -> Value {
        let answer = self.register(email);
        assert_eq!(answer.status, 201, "{answer:?}");
        answer.json()
    }

    /// All of a list, in pages of this size.
    pub(crate) fn all(&self, list: &str, size: usize) -> Vec<Value> {
        let mut all = Vec::new();
        let mut after = String::new();
        loop {
            let page = self.get(&format!("/{list}?limit={size}{after}")).json();
            let items = page[list].as_array().expect(list).clone();
            assert!(items.len() <= size && (items.len() == size || page["next"].is_null()), "{page}");
            all.extend(items);
            match page["next"].as_str() {
                Some(next) => after = format!("&after={next}"),
                None => return all,
            }
        }
    }

    /// Asks the program to stop.
    pub(crate) fn ask_to_stop(&self) {
        let id = self.child.id().to_string();
        let asked = Command::new("kill").args(["-TERM", &id]).status().expect("kill is there");
        assert!(asked.success());
    }

    /// Asks the program to stop, waits until it has, and tells its exit code and all that it has printed since it began
    /// to listen.
    pub(crate) fn stop(mut self) -> (Option<i32>, String) {
        self.ask_to_stop();
        let mut printed = String::new();
        self.out.read_to_string(&mut printed).expect("text");
        self.child.stderr.take().expect("a pipe").read_to_string(&mut printed).expect("text");
        (self.child.wait().expect("it ends").code(), printed)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Runs a case on each kind of database.
pub(crate) fn on_each(case: impl Fn(&Server)) {
    for scratch in [Scratch::sqlite(), Scratch::postgres()] {
        case(&Server::start(scratch));
    }
}
