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

    /// The field that a problem of this status names.
    pub(crate) fn field(&self, status: u16) -> String {
        assert_eq!(self.status, status, "{self:?}");
        assert!(self.head.contains("content-type: application/problem+json"), "{self:?}");
        let problem = self.json();
        assert_eq!(problem["status"], status, "{self:?}");
        problem["field"].as_str().unwrap_or_default().to_owned()
    }
}

/// Sends a JSON request and reads the answer.
pub(crate) fn send(address: SocketAddr, method: &str, path: &str, body: &str) -> Answer {
    send_as(address, method, path, "application/json", body.as_bytes())
}

/// What stands between the parts of an upload.
pub(crate) const BOUNDARY: &str = "----the-end-of-a-part";

/// A part of an upload.
pub(crate) fn part(disposition: &str, content: &[u8]) -> Vec<u8> {
    let head = format!("--{BOUNDARY}\r\ncontent-disposition: form-data; {disposition}\r\n\r\n");
    [head.as_bytes(), content, b"\r\n"].concat()
}

/// The body of an upload of one file.
pub(crate) fn form(file_name: &str, content: &[u8]) -> Vec<u8> {
    let part = part(&format!("name=\"file\"; filename=\"{file_name}\""), content);
    [&part[..], format!("--{BOUNDARY}--\r\n").as_bytes()].concat()
}

/// Uploads a body of parts.
pub(crate) fn upload(address: SocketAddr, body: &[u8]) -> Answer {
    send_as(address, "POST", "/documents", &format!("multipart/form-data; boundary={BOUNDARY}"), body)
}

/// The head of a request.
pub(crate) fn head(method: &str, path: &str, kind: &str, length: usize) -> String {
    format!(
        "{method} {path} HTTP/1.1\r\nhost: test\r\nconnection: close\r\ncontent-type: {kind}\r\n\
         content-length: {length}\r\n\r\n"
    )
}

/// Sends a request and reads the answer.
pub(crate) fn send_as(address: SocketAddr, method: &str, path: &str, kind: &str, body: &[u8]) -> Answer {
    let mut stream = TcpStream::connect(address).expect("somebody listens");
    stream.set_read_timeout(Some(PATIENCE)).expect("a timeout");
    stream.write_all(head(method, path, kind, body.len()).as_bytes()).expect("the server reads");
    // A server that has seen enough answers and reads no further.
    let _ = stream.write_all(body);
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
