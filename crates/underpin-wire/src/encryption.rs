//! What is said before a session: whether the server can encrypt, and that it shall give up a request of another session.

use std::fmt;
use std::io;

use tokio::io::{AsyncReadExt, AsyncWriteExt};

use crate::Stream;

/// Asks for encryption: a length, and a number that is no version.
const ENCRYPT: [u8; 8] = [0, 0, 0, 8, 4, 210, 22, 47];

/// Asks for the end of a request: a length, and a number that is no version.
const CANCEL: [u8; 8] = [0, 0, 0, 16, 4, 210, 22, 46];

/// Asks the server whether it encrypts. If it does, encryption begins with the very next byte.
///
/// # Errors
/// If the stream fails, or what answers is no PostgreSQL server.
pub async fn offer_encryption(stream: &mut dyn Stream) -> io::Result<bool> {
    stream.write_all(&ENCRYPT).await?;
    stream.flush().await?;
    match stream.read_u8().await? {
        b'S' => Ok(true),
        b'N' => Ok(false),
        _ => Err(io::Error::new(io::ErrorKind::InvalidData, "this is no PostgreSQL server")),
    }
}

/// What a session is called by another that wants its request to be given up.
#[derive(Clone, Copy, Default)]
pub struct CancelKey {
    pub(crate) process: u32,
    pub(crate) secret: u32,
}

impl CancelKey {
    /// Asks the server, over a stream of its own, to give up what the session is doing, and waits until it has read it.
    ///
    /// # Errors
    /// If the stream fails.
    pub async fn cancel(self, mut stream: Box<dyn Stream>) -> io::Result<()> {
        let mut request = CANCEL.to_vec();
        request.extend_from_slice(&self.process.to_be_bytes());
        request.extend_from_slice(&self.secret.to_be_bytes());
        stream.write_all(&request).await?;
        stream.flush().await?;
        stream.shutdown().await?;
        // The server says nothing; it closes the stream.
        let _ = stream.read_u8().await;
        Ok(())
    }
}

/// Without the secret.
impl fmt::Debug for CancelKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CancelKey").field("process", &self.process).finish_non_exhaustive()
    }
}
