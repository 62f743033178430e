//! Clients that keep their connections and read no more of an answer than they must.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicU32, Ordering};

use futures_util::future::try_join_all;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::failure::Result;

/// What all clients ask for, and what they must get.
#[derive(Debug, Clone, Copy)]
pub(super) struct Clients<'a> {
    pub(super) address: SocketAddr,
    pub(super) path: &'a str,
    pub(super) expected: &'a [u8],
}

/// One answer to a request.
pub(super) async fn body(address: SocketAddr, path: &str) -> Result<Vec<u8>> {
    let mut client = Client::connect(address, path).await?;
    Ok(client.ask().await?.to_vec())
}

impl Clients<'_> {
    /// Sends so many requests in all, by so many clients.
    pub(super) async fn ask(self, clients: usize, requests: u32) -> Result<()> {
        let sent = AtomicU32::new(0);
        let one = || async {
            let mut client = Client::connect(self.address, self.path).await?;
            while sent.fetch_add(1, Ordering::Relaxed) < requests {
                if client.ask().await? != self.expected {
                    return Err("an answer is another than that of the first server".into());
                }
            }
            Result::Ok(())
        };
        try_join_all((0..clients).map(|_| one())).await?;
        Ok(())
    }
}

struct Client {
    stream: TcpStream,
    request: Vec<u8>,
    answer: Vec<u8>,
}

impl Client {
    async fn connect(address: SocketAddr, path: &str) -> Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        let request = format!("GET {path} HTTP/1.1\r\nhost: {address}\r\n\r\n").into_bytes();
        Ok(Self { stream, request, answer: Vec::with_capacity(64 << 10) })
    }

    /// The body of the answer to one more request.
    async fn ask(&mut self) -> Result<&[u8]> {
        self.stream.write_all(&self.request).await?;
        self.answer.clear();
        loop {
            if self.stream.read_buf(&mut self.answer).await? == 0 {
                return Err("the server closed the connection".into());
            }
            if let Some((head, length)) = head(&self.answer)?
                && self.answer.len() >= head + length
            {
                return Ok(&self.answer[head..head + length]);
            }
        }
    }
}

/// How long the head of a good answer is, and the body that follows, if the head is whole.
fn head(answer: &[u8]) -> Result<Option<(usize, usize)>> {
    let Some(end) = answer.windows(4).position(|four| four == b"\r\n\r\n") else { return Ok(None) };
    let head = std::str::from_utf8(&answer[..end])?;
    if !head.starts_with("HTTP/1.1 200 ") {
        return Err(format!("the server answered {}", head.lines().next().unwrap_or_default()).into());
    }
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
    let length = length.ok_or("an answer has no content-length")?;
    Ok(Some((end + 4, length.parse()?)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_tells_the_length_of_the_body() {
        let answer = b"HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nhello";
        assert_eq!(head(answer).unwrap(), Some((answer.len() - 5, 5)));
        assert_eq!(head(&answer[..30]).unwrap(), None);
        assert!(head(b"HTTP/1.1 503 Service Unavailable\r\ncontent-length: 0\r\n\r\n").is_err());
    }
}
