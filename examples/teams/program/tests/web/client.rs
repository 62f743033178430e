//! The plainest of HTTP clients: one request, one connection.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use serde_json::Value;

/// How long an answer may take before the test gives up.
const PATIENCE: Duration = Duration::from_secs(60);

/// What came back.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    /// In small letters.
    pub(crate) head: String,
    pub(crate) body: String,
}

impl Answer {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|_| panic!("no JSON: {self:?}"))
    }

    /// The id of what was taken in.
    pub(crate) fn created(&self) -> String {
        assert_eq!(self.status, 201, "{self:?}");
        self.json()["id"].as_str().expect("an id").to_owned()
    }

    /// The word that a problem of this status has for programs.
    pub(crate) fn code(&self, status: u16) -> String {
        self.field(status);
        self.json()["code"].as_str().unwrap_or_default().to_owned()
    }

    /// The field that a problem of this status names.
    pub(crate) fn field(&self, status: u16) -> String {
        assert_eq!(self.status, status, "{self:?}");
        assert!(self.head.contains("content-type: application/problem+json"), "{self:?}");
        let problem = self.json();
        assert_eq!(problem["status"], status, "{self:?}");
        problem["field"].as_str().unwrap_or_default().to_owned()
    }
}

/// Sends a request and reads until the server closes.
pub(crate) fn send(address: SocketAddr, method: &str, path: &str, body: &str) -> Answer {
    let mut stream = TcpStream::connect(address).expect("somebody listens");
    stream.set_read_timeout(Some(PATIENCE)).expect("a timeout");
    let request = format!(
        "{method} {path} HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\ncontent-type: application/json\r\n\
         content-length: {}\r\n\r\n{body}",
        body.len()
    );
    stream.write_all(request.as_bytes()).expect("the server reads");
    let (head, body) = answer(&mut stream);
    let status = head.split(' ').nth(1).and_then(|digits| digits.parse().ok()).unwrap_or(0);
    Answer { status, head: head.to_ascii_lowercase(), body }
}

/// The head of an answer and its body, of which the head says the length, or which ends with the connection.
fn answer(stream: &mut TcpStream) -> (String, String) {
    let mut bytes = Vec::new();
    let mut buffer = [0; 16 * 1024];
    loop {
        if let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
            let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
            let length = head.lines().find_map(|line| {
                let (name, value) = line.split_once(':')?;
                name.eq_ignore_ascii_case("content-length").then(|| value.trim().parse::<usize>().ok())?
            });
            if length.is_some_and(|length| bytes.len() >= end + 4 + length) {
                return (head, String::from_utf8_lossy(&bytes[end + 4..]).into_owned());
            }
        }
        let read = stream.read(&mut buffer).expect("an answer in time");
        if read == 0 {
            let text = String::from_utf8_lossy(&bytes).into_owned();
            let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
            return (head.to_owned(), body.to_owned());
        }
        bytes.extend_from_slice(&buffer[..read]);
    }
}
