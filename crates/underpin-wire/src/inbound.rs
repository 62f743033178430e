//! What has arrived: bytes of the stream, taken apart into messages where they stand.

use std::io;
use std::pin::{Pin, pin};
use std::task::{Context, Poll};

use bytes::{Buf, BytesMut};
use tokio::io::AsyncReadExt;

use crate::Error;
use crate::connection::Stream;

/// A tag and a length stand before each message.
const HEAD: usize = 5;

/// How much is read at once, to begin with, and at most while it fills what it is given.
const LEAST: usize = 8 * 1024;
const MOST: usize = 64 * 1024;

/// Beyond this a buffer that is no longer needed is given back.
const LARGE: usize = 1024 * 1024;

/// Bytes that have arrived.
pub(crate) struct Inbound {
    buffer: BytesMut,
    /// Where the current message's body begins and ends. What stands before its end has been dealt with.
    body: (usize, usize),
    /// How many bytes the next message has, where its head has arrived.
    wanted: usize,
    /// How much is read at once.
    portion: usize,
}

impl Inbound {
    pub(crate) fn new() -> Self {
        Self { buffer: BytesMut::new(), body: (0, 0), wanted: 0, portion: LEAST }
    }

    /// Moves on to the next message and gives its tag, if all of it has arrived.
    #[inline]
    pub(crate) fn advance(&mut self) -> Result<Option<u8>, Error> {
        let start = self.body.1;
        let Some(head) = self.buffer.get(start..start + HEAD) else { return Ok(None) };
        let &[tag, a, b, c, d] = head else { return Ok(None) };
        let length = u32::from_be_bytes([a, b, c, d]);
        if !(4..=0x7FFF_FFFF).contains(&length) {
            return Err(Error::Unexpected("a message of an impossible length"));
        }
        let end = start + 1 + length as usize;
        if end > self.buffer.len() {
            self.wanted = end - start;
            return Ok(None);
        }
        self.body = (start + HEAD, end);
        Ok(Some(tag))
    }

    /// The current message.
    #[inline]
    pub(crate) fn body(&self) -> &[u8] {
        self.buffer.get(self.body.0..self.body.1).unwrap_or_default()
    }

    /// Whether a part of a message has arrived that has not been dealt with.
    pub(crate) fn is_empty(&self) -> bool {
        self.buffer.len() == self.body.1
    }

    /// Reads what is there; the current message is gone then. Gives 0 at the end of the stream.
    pub(crate) fn poll_fill(
        &mut self,
        stream: &mut dyn Stream,
        cx: &mut Context<'_>,
    ) -> Poll<io::Result<usize>> {
        self.make_room();
        let room = self.buffer.capacity() - self.buffer.len();
        let filled = pin!(Pin::new(stream).read_buf(&mut self.buffer)).poll(cx);
        if let Poll::Ready(Ok(count)) = filled
            && count == room
        {
            self.portion = (self.portion * 2).min(MOST);
        }
        filled
    }

    fn make_room(&mut self) {
        let done = self.body.1;
        if done == self.buffer.len() {
            self.buffer.clear();
            if self.buffer.capacity() > LARGE {
                self.buffer = BytesMut::new();
            }
        } else {
            self.buffer.advance(done);
        }
        self.body = (0, 0);
        let here = self.buffer.len();
        let missing = std::mem::take(&mut self.wanted).saturating_sub(here);
        // A message may say that it is long; memory grows with what has arrived of it.
        self.buffer.reserve(missing.min(here.max(MOST)).max(self.portion));
    }

    /// The current message with its head, for [`put_back`](Self::put_back).
    pub(crate) fn keep(&self, kept: &mut Vec<u8>) {
        let whole = self.buffer.get(self.body.0.saturating_sub(HEAD)..self.body.1);
        kept.extend_from_slice(whole.unwrap_or_default());
    }

    /// Puts messages before what has arrived; the current message is gone.
    pub(crate) fn put_back(&mut self, mut kept: Vec<u8>) {
        kept.extend_from_slice(self.buffer.get(self.body.1..).unwrap_or_default());
        self.buffer = BytesMut::from(&kept[..]);
        self.body = (0, 0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A stream that gives these bytes, one at a time, and then ends.
    fn bytes(of: &[u8]) -> Box<dyn Stream> {
        let (mut ours, theirs) = tokio::io::duplex(1);
        let of = of.to_vec();
        tokio::spawn(async move { tokio::io::AsyncWriteExt::write_all(&mut ours, &of).await });
        Box::new(theirs)
    }

    async fn fill(inbound: &mut Inbound, stream: &mut dyn Stream) -> usize {
        std::future::poll_fn(|cx| inbound.poll_fill(stream, cx)).await.unwrap()
    }

    #[tokio::test]
    async fn messages_arrive_in_pieces() {
        let mut stream = bytes(b"Z\0\0\0\x05IC\0\0\0\x08OK!\0");
        let mut inbound = Inbound::new();
        let mut seen = Vec::new();
        loop {
            while let Some(tag) = inbound.advance().unwrap() {
                seen.push((tag, inbound.body().to_vec()));
            }
            if fill(&mut inbound, &mut *stream).await == 0 {
                break;
            }
        }
        assert_eq!(seen, [(b'Z', b"I".to_vec()), (b'C', b"OK!\0".to_vec())]);
        assert!(inbound.is_empty());
    }

    #[tokio::test]
    async fn a_length_below_that_of_the_head_is_an_error() {
        let mut stream = bytes(b"Z\0\0\0\x03I");
        let mut inbound = Inbound::new();
        while fill(&mut inbound, &mut *stream).await > 0 {}
        assert!(inbound.advance().is_err());
    }

    #[tokio::test]
    async fn what_is_put_back_comes_again_before_the_rest() {
        let mut stream = bytes(b"1\0\0\0\x042\0\0\0\x043\0\0\0\x04");
        let mut inbound = Inbound::new();
        while fill(&mut inbound, &mut *stream).await > 0 {}
        let mut kept = Vec::new();
        for tag in [b'1', b'2'] {
            assert_eq!(inbound.advance().unwrap(), Some(tag));
            inbound.keep(&mut kept);
        }
        inbound.put_back(kept);
        for tag in *b"123" {
            assert_eq!(inbound.advance().unwrap(), Some(tag));
        }
        assert_eq!(inbound.advance().unwrap(), None);
    }
}
