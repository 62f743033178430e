//! Requests that are sent before the answers of earlier ones have come.
//!
//! The driver sends a request when its future is polled for the first time, and the server answers in the order of
//! sending. So each future is polled once as soon as it is made, and all are awaited afterwards.

use std::pin::Pin;
use std::task::{Context, Poll, Waker};

/// A request, or its answer if that was there at once.
pub(crate) enum Sent<'a, T> {
    /// Under way.
    Waiting(Pin<Box<dyn Future<Output = T> + Send + 'a>>),
    /// Answered; at once only if the request could not be sent.
    Done(T),
}

impl<'a, T> Sent<'a, T> {
    /// Sends a request.
    pub(crate) fn now(future: impl Future<Output = T> + Send + 'a) -> Self {
        let mut future: Pin<Box<dyn Future<Output = T> + Send + 'a>> = Box::pin(future);
        // Whoever awaits the answer later leaves his own waker.
        match future.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Pending => Self::Waiting(future),
            Poll::Ready(answer) => Self::Done(answer),
        }
    }

    /// Waits for the answer.
    pub(crate) async fn answer(self) -> T {
        match self {
            Self::Waiting(future) => future.await,
            Self::Done(answer) => answer,
        }
    }
}

impl<T, E> Sent<'_, Result<T, E>> {
    /// Whether the request could not even be sent.
    pub(crate) fn failed(&self) -> bool {
        matches!(self, Self::Done(Err(_)))
    }
}
