//! A future that is given up after some polls, as by a caller who waits no longer.

use std::pin::Pin;
use std::task::{Context, Poll};

/// Polls a future at most so many times; `None` if it is not ready by then.
#[derive(Debug)]
pub struct AtMost<'a, F> {
    /// The future.
    pub future: Pin<&'a mut F>,
    /// How many polls are left.
    pub polls: u32,
}

impl<F: Future> Future for AtMost<'_, F> {
    type Output = Option<F::Output>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        if self.polls == 0 {
            return Poll::Ready(None);
        }
        self.polls -= 1;
        match self.future.as_mut().poll(context) {
            Poll::Ready(value) => Poll::Ready(Some(value)),
            Poll::Pending if self.polls == 0 => Poll::Ready(None),
            Poll::Pending => Poll::Pending,
        }
    }
}
