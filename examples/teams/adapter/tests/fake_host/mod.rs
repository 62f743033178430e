//! A code host on this machine that answers as it is told, and remembers what it was asked.

use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

/// What it answers to the request of this number; `None` is no answer at all, on a connection that stays open.
type Answer = fn(usize) -> Option<String>;

pub(crate) struct FakeHost {
    pub(crate) address: SocketAddr,
    asked: Arc<Mutex<Vec<String>>>,
}

impl FakeHost {
    /// Serves until the program of the test ends.
    pub(crate) fn start(answer: Answer) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = listener.local_addr().expect("its address");
        let asked: Arc<Mutex<Vec<String>>> = Arc::default();
        let heard = Arc::clone(&asked);
        thread::spawn(move || {
            // Those that got no answer stay open.
            let mut silent = Vec::new();
            for stream in listener.incoming() {
                let Ok(mut stream) = stream else { continue };
                let head = head_of(&stream);
                let number = {
                    let mut heard = heard.lock().expect("nobody panicked");
                    heard.push(head);
                    heard.len()
                };
                match answer(number) {
                    // A client that has read enough may be gone.
                    Some(answer) => drop(stream.write_all(answer.as_bytes())),
                    None => silent.push(stream),
                }
            }
        });
        Self { address, asked }
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The heads of all requests so far.
    pub(crate) fn asked(&self) -> Vec<String> {
        self.asked.lock().expect("nobody panicked").clone()
    }
}

/// Everything before the empty line, which is all that a GET has.
fn head_of(stream: &TcpStream) -> String {
    let lines = BufReader::new(stream).lines().map_while(Result::ok);
    lines.take_while(|line| !line.is_empty()).map(|line| line + "\n").collect()
}

/// An answer with a body, and with more lines in its head.
pub(crate) fn answer(status: &str, head: &str, body: &str) -> Option<String> {
    let length = body.len();
    Some(format!("HTTP/1.1 {status}\r\n{head}content-length: {length}\r\nconnection: close\r\n\r\n{body}"))
}

/// A repository as GitHub tells of it, with more than anybody asks for.
pub(crate) fn repository(name: &str) -> String {
    format!(
        r#"{{"id": 1, "name": "{name}", "full_name": "acme/{name}", "private": false, "description": null,
            "html_url": "https://git.example.org/acme/{name}", "owner": {{"login": "acme"}}}}"#
    )
}

/// A list of them.
pub(crate) fn list(names: impl IntoIterator<Item = impl AsRef<str>>) -> String {
    let repositories: Vec<String> = names.into_iter().map(|name| repository(name.as_ref())).collect();
    format!("[{}]", repositories.join(","))
}
