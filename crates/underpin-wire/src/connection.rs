//! One connection: what has been asked and answered, and how bytes get onto the stream and off it.

use std::collections::HashMap;
use std::future::poll_fn;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, Waker, ready};

use bytes::BytesMut;
use postgres_types::Type;
use tokio::io::{AsyncRead, AsyncWrite};

use crate::encryption::CancelKey;
use crate::inbound::Inbound;
use crate::prepared::Orphans;
use crate::row::Cell;
use crate::{Error, Refusal, frame};

/// Beyond this a buffer that is no longer needed is given back.
const LARGE: usize = 1024 * 1024;

/// What a ReadyForQuery says outside a transaction.
const IDLE: &[u8] = b"I";

/// What a connection stands on: a socket, or what encrypts one.
pub trait Stream: AsyncRead + AsyncWrite + Send + Unpin {}

impl<S: AsyncRead + AsyncWrite + Send + Unpin> Stream for S {}

/// A connection that has logged in.
///
/// A future of it that is dropped leaves the connection in the middle of a request; what was asked before is then passed
/// over by the next one, but whether it was sent, and done, is not known.
pub struct Connection {
    stream: Box<dyn Stream>,
    pub(crate) inbound: Inbound,
    /// What is to be sent, up to `written` sent already.
    pub(crate) outbound: BytesMut,
    written: usize,
    /// Something has been written that the stream may still hold back.
    unflushed: bool,
    /// How many requests there were, and how many of them are answered to the end.
    pub(crate) asked: u64,
    pub(crate) answered: u64,
    /// Whether the server was in a transaction at the end of the last answer.
    in_transaction: bool,
    /// Counts prepared statements, for their names.
    pub(crate) names: u64,
    pub(crate) orphans: Orphans,
    /// Types that are not PostgreSQL's own.
    pub(crate) types: HashMap<u32, Type>,
    /// Where the cells of the current row are.
    pub(crate) cells: Vec<Cell>,
    /// The server waits for rows of a COPY.
    pub(crate) copying: bool,
    /// Where a message with rows of a COPY begins that is not finished.
    pub(crate) portion: Option<usize>,
    /// Why it has ended, if it has.
    ended: Option<Error>,
    pub(crate) key: CancelKey,
}

/// A request that is under way.
#[derive(Debug)]
#[must_use = "without waiting for its answer nobody knows what became of a request"]
pub struct Ticket {
    /// Which of the connection's requests it is, counted from 1.
    pub(crate) number: u64,
    pub(crate) kind: Kind,
}

/// How a request was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// As text; the server ends it by itself.
    Simple,
    /// By messages, with a Sync of its own.
    Extended,
    /// By messages, as one of several before a Sync.
    Grouped,
}

impl Connection {
    /// A connection that is still to log in.
    pub(crate) fn new(stream: Box<dyn Stream>) -> Self {
        Self {
            stream,
            inbound: Inbound::new(),
            outbound: BytesMut::new(),
            written: 0,
            unflushed: false,
            asked: 0,
            answered: 0,
            in_transaction: false,
            names: 0,
            orphans: Orphans::default(),
            types: HashMap::new(),
            cells: Vec::new(),
            copying: false,
            portion: None,
            ended: None,
            key: CancelKey::default(),
        }
    }

    /// What asks the server to give up what this connection is doing.
    pub fn cancel_key(&self) -> CancelKey {
        self.key
    }

    /// Whether it is known to have ended.
    pub fn is_closed(&self) -> bool {
        self.ended.is_some()
    }

    /// Whether the server was in a transaction, failed or not, at the end of the last answer.
    pub fn in_transaction(&self) -> bool {
        self.in_transaction
    }

    /// Looks whether the server has ended a connection that nobody uses, without waiting.
    pub fn look(&mut self) {
        let cx = &mut Context::from_waker(Waker::noop());
        // Nobody waits for what arrives now: notices, ends of earlier requests, and what says that the server leaves.
        while self.ended.is_none() {
            if self.poll_message(cx).is_pending() {
                return;
            }
        }
    }

    /// Fails if the connection has ended.
    pub(crate) fn alive(&self) -> Result<(), Error> {
        self.ended.as_ref().map_or(Ok(()), |why| Err(why.again()))
    }

    /// Ends the connection; gives why.
    pub(crate) fn end(&mut self, why: Error) -> Error {
        let again = why.again();
        self.ended.get_or_insert(why);
        again
    }

    /// What was read, or the end of the connection: what cannot be read cannot be passed over either.
    pub(crate) fn read<T>(&mut self, read: Result<T, Error>) -> Result<T, Error> {
        read.map_err(|why| self.end(why))
    }

    /// Sends what is to be sent as far as that goes without waiting; whether nothing is left.
    pub fn push(&mut self) -> bool {
        let sent = self.poll_write(&mut Context::from_waker(Waker::noop()));
        matches!(sent, Poll::Ready(()))
    }

    /// Sends all that is to be sent. What arrives meanwhile is taken in, or the server could not go on.
    pub(crate) async fn flush(&mut self) {
        poll_fn(|cx| {
            loop {
                if self.poll_write(cx).is_ready() || self.ended.is_some() {
                    return Poll::Ready(());
                }
                let arrived = ready!(self.inbound.poll_fill(&mut *self.stream, cx));
                self.take_in(arrived);
            }
        })
        .await
    }

    /// The tag of the next message, which is then [`Inbound::body`].
    pub(crate) async fn message(&mut self) -> Result<u8, Error> {
        poll_fn(|cx| self.poll_message(cx)).await
    }

    fn poll_message(&mut self, cx: &mut Context<'_>) -> Poll<Result<u8, Error>> {
        loop {
            match self.inbound.advance() {
                Ok(Some(tag)) => {
                    if let Some(tag) = self.notice(tag) {
                        return Poll::Ready(Ok(tag));
                    }
                    continue;
                }
                Ok(None) => self.alive()?,
                Err(error) => return Poll::Ready(Err(self.end(error))),
            }
            // Whether all could be sent or not: the answer wakes us, and so does room for more.
            let _ = self.poll_write(cx);
            let arrived = ready!(self.inbound.poll_fill(&mut *self.stream, cx));
            self.take_in(arrived);
        }
    }

    /// Takes note of a message; gives it on if it belongs to an answer.
    fn notice(&mut self, tag: u8) -> Option<u8> {
        match tag {
            frame::READY => {
                self.answered += 1;
                self.in_transaction = self.inbound.body() != IDLE;
            }
            frame::ERROR => match Refusal::of(self.inbound.body()) {
                Ok(refusal) if refusal.is_last() => _ = self.end(Error::Refused(Box::new(refusal))),
                Ok(_) => {}
                Err(error) => _ = self.end(error),
            },
            frame::NOTICE => {
                notice(self.inbound.body());
                return None;
            }
            frame::PARAMETER | frame::NOTIFICATION => return None,
            _ => {}
        }
        Some(tag)
    }

    fn take_in(&mut self, arrived: io::Result<usize>) {
        match arrived {
            Ok(0) => _ = self.end(Error::Closed),
            Ok(_) => {}
            Err(error) => _ = self.end(Error::Io(error)),
        }
    }

    fn poll_write(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        let written = ready!(self.try_write(cx));
        if written.is_err() {
            // Why the server hung up may still be there to be read; after that the stream ends, too.
            self.outbound.clear();
            self.written = 0;
            self.unflushed = false;
        }
        Poll::Ready(())
    }

    fn try_write(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let mut stream = Pin::new(&mut *self.stream);
        while let Some(rest @ [_, ..]) = self.outbound.get(self.written..) {
            match ready!(stream.as_mut().poll_write(cx, rest))? {
                0 => return Poll::Ready(Err(io::ErrorKind::WriteZero.into())),
                count => self.written += count,
            }
            self.unflushed = true;
        }
        if self.unflushed {
            ready!(stream.poll_flush(cx))?;
            self.unflushed = false;
            self.written = 0;
            self.outbound.clear();
            if self.outbound.capacity() > LARGE {
                self.outbound = BytesMut::new();
            }
        }
        Poll::Ready(Ok(()))
    }

    /// Says goodbye and waits until that is sent.
    pub async fn close(mut self) {
        if self.goodbye() {
            self.flush().await;
            let mut stream = Pin::new(&mut *self.stream);
            // A stream that is gone is closed as well.
            let _ = poll_fn(|cx| stream.as_mut().poll_shutdown(cx)).await;
        }
        self.end(Error::Closed);
    }

    /// Writes the goodbye, if there is somebody to hear it, and nothing that must not be sent any more.
    fn goodbye(&mut self) -> bool {
        let fit = self.ended.is_none() && self.outbound.is_empty() && !self.copying;
        if fit {
            frame::terminate(&mut self.outbound);
        }
        fit
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        if self.goodbye() {
            self.push();
        }
    }
}

impl std::fmt::Debug for Connection {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Connection")
            .field("asked", &self.asked)
            .field("answered", &self.answered)
            .finish_non_exhaustive()
    }
}

/// Tells of a notice its code alone, because a trigger may have put data into the text.
fn notice(body: &[u8]) {
    if let Ok(notice) = Refusal::of(body) {
        let (severity, code) = (notice.severity(), notice.code());
        tracing::debug!(target: "underpin::sql", severity, code, "notice of the server");
    }
}
