//! A panic costs its own request alone.

use std::future::poll_fn;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;
use std::task::Poll;

use axum::response::{IntoResponse, Response};

use crate::Problem;

/// An answer in place of a panic.
pub(super) async fn caught<E>(request: impl Future<Output = Result<Response, E>>) -> Result<Response, E> {
    let mut request = pin!(request);
    poll_fn(|context| {
        // Nobody looks at what the panic left: it is dropped.
        let polled = catch_unwind(AssertUnwindSafe(|| request.as_mut().poll(context)));
        polled.unwrap_or_else(|_| {
            // The text of a panic may quote what the request said, so it goes neither to the client nor to our log; the panic
            // hook of the program has printed it already.
            tracing::error!("a handler panicked");
            Poll::Ready(Ok(Problem::internal().into_response()))
        })
    })
    .await
}
