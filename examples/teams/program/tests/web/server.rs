//! The program, serving on a free port until it is dropped.

use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::process::{Child, ChildStdout, Command, Stdio};

use serde_json::{Value, json};

use crate::client::{Answer, send};
use crate::scratch::Scratch;

/// A server on a database of its own.
pub(crate) struct Server {
    pub(crate) address: SocketAddr,
    pub(crate) scratch: Scratch,
    child: Child,
    /// Kept open, for the program may write to it.
    _out: BufReader<ChildStdout>,
}

fn program(url: &str, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_teams"));
    command.args(arguments).args(["--database-url", url]);
    for variable in ["DATABASE_URL", "DATABASE_POOL_SIZE", "DATABASE_POOL_OVERFLOW"] {
        command.env_remove(variable);
    }
    command
}

impl Server {
    pub(crate) fn start(scratch: Scratch) -> Self {
        Self::start_with(scratch, "", &[])
    }

    /// With options added to the URL of the database, and with settings.
    pub(crate) fn start_with(scratch: Scratch, options: &str, settings: &[(&str, &str)]) -> Self {
        let built = program(scratch.url(), &["upgrade"]).output().expect("the program starts");
        assert!(built.status.success(), "{built:?}");
        let url = match (options, scratch.url().contains('?')) {
            ("", _) => scratch.url().to_owned(),
            (_, false) => format!("{}?{options}", scratch.url()),
            (_, true) => format!("{}&{options}", scratch.url()),
        };
        let mut child = program(&url, &["serve", "--listen", "127.0.0.1:0"])
            .envs(settings.iter().copied())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let mut out = BufReader::new(child.stdout.take().expect("a pipe"));
        let mut line = String::new();
        out.read_line(&mut line).expect("it says where it listens");
        let address = line.trim().strip_prefix("listening on http://").expect(&line);
        let address = address.parse().expect("an address");
        Self { address, scratch, child, _out: out }
    }

    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    pub(crate) fn send(&self, method: &str, path: &str, body: &Value) -> Answer {
        send(self.address, method, path, &body.to_string())
    }

    pub(crate) fn get(&self, path: &str) -> Answer {
        send(self.address, "GET", path, "")
    }

    pub(crate) fn delete(&self, path: &str) -> Answer {
        send(self.address, "DELETE", path, "")
    }

    pub(crate) fn post(&self, path: &str, body: &Value) -> Answer {
        self.send("POST", path, body)
    }

    pub(crate) fn patch(&self, path: &str, body: &Value) -> Answer {
        self.send("PATCH", path, body)
    }

    /// Somebody new with an address of that name; gives the id.
    pub(crate) fn user(&self, name: &str) -> String {
        let body = json!({ "name": name, "email": format!("{}@example.org", name.to_lowercase()) });
        self.post("/users", &body).created()
    }

    /// A new team; gives its id.
    pub(crate) fn team(&self, slug: &str, founder: &str) -> String {
        self.post("/teams", &json!({ "slug": slug, "name": slug, "founder": founder })).created()
    }

    pub(crate) fn join(&self, team: &str, user: &str, role: &str) {
        let answer = self.post(&format!("/teams/{team}/members"), &json!({ "user": user, "role": role }));
        assert_eq!(answer.status, 201, "{answer:?}");
    }

    /// A new service; gives its id.
    pub(crate) fn item(&self, team: &str, name: &str) -> String {
        let repository = format!("https://git.example.org/{name}");
        let body = json!({ "team": team, "name": name, "kind": "service", "repository": repository });
        self.post("/items", &body).created()
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

/// Runs a case on each kind of database.
pub(crate) fn on_each(case: impl Fn(&Server)) {
    for scratch in [Scratch::sqlite(), Scratch::postgres()] {
        case(&Server::start(scratch));
    }
}
