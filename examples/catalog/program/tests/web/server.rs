//! The program, serving on a free port until it is dropped.

use std::fmt::Write as _;
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::process::{Child, ChildStdout, Command, Stdio};

use serde_json::{Value, json};

use crate::client::{Answer, send};
use crate::scratch::Scratch;

/// A server on a database of its own.
pub(crate) struct Server {
    pub(crate) address: SocketAddr,
    child: Child,
    /// Kept open, for the program may write to it.
    _out: BufReader<ChildStdout>,
    _scratch: Scratch,
}

fn program(scratch: &Scratch, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_catalog"));
    command.args(arguments).args(["--database-url", scratch.url()]).env_remove("DATABASE_URL");
    command
}

impl Server {
    pub(crate) fn start(scratch: Scratch) -> Self {
        let built = program(&scratch, &["upgrade"]).output().expect("the program starts");
        assert!(built.status.success(), "{built:?}");
        let mut child = program(&scratch, &["serve", "--listen", "127.0.0.1:0"])
            .stdout(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let mut out = BufReader::new(child.stdout.take().expect("a pipe"));
        let mut line = String::new();
        out.read_line(&mut line).expect("it says where it listens");
        let address = line.trim().strip_prefix("listening on http://").expect(&line);
        let address = address.parse().expect("an address");
        Self { address, child, _out: out, _scratch: scratch }
    }

    pub(crate) fn get(&self, path: &str) -> Answer {
        send(self.address, "GET", path, "")
    }

    pub(crate) fn post(&self, body: &Value) -> Answer {
        send(self.address, "POST", "/cars", &body.to_string())
    }

    /// Takes in cars; gives their ids.
    pub(crate) fn add(&self, cars: &[(&str, &str, u16, &str)]) -> Vec<String> {
        let car = |(make, model, year, price): &(&str, &str, u16, &str)| json!({ "make": make, "model": model, "year": year, "price_mxn": price });
        let answer = self.post(&json!({ "cars": cars.iter().map(car).collect::<Vec<_>>() }));
        assert_eq!(answer.status, 201, "{answer:?}");
        let cars = answer.json()["cars"].as_array().expect("cars").clone();
        cars.iter().map(|car| car["id"].as_str().expect("an id").to_owned()).collect()
    }

    /// One text of each car that a search gives.
    pub(crate) fn texts(&self, query: &[(&str, &str)], name: &str) -> Vec<String> {
        let answer = self.get(&path("/cars", query));
        assert_eq!(answer.status, 200, "{query:?}: {answer:?}");
        let cars = answer.json()["cars"].as_array().expect("cars").clone();
        cars.iter().map(|car| car[name].as_str().expect(name).to_owned()).collect()
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

/// A path with a query, every byte of it escaped that could mean something.
pub(crate) fn path(path: &str, query: &[(&str, &str)]) -> String {
    let mut text = path.to_owned();
    for (place, (name, value)) in query.iter().enumerate() {
        text.push(if place == 0 { '?' } else { '&' });
        text.push_str(name);
        text.push('=');
        for byte in value.bytes() {
            if byte.is_ascii_alphanumeric() || b"._-".contains(&byte) {
                text.push(char::from(byte));
            } else {
                write!(text, "%{byte:02X}").expect("memory");
            }
        }
    }
    text
}

/// Runs a case on each kind of database.
pub(crate) fn on_each(case: impl Fn(&Server)) {
    for scratch in [Scratch::sqlite(), Scratch::postgres()] {
        case(&Server::start(scratch));
    }
}
