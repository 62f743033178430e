//! The answer to a question for entities by key, before it is there.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use underpin_core::{BoxFuture, Result};

/// What a look-up by key gives once it is awaited.
///
/// A type of its own, and not the future of an `async fn`: that one speaks of the type of the key, so that the compiler
/// would complain of a wrong one at the argument, at the call and at the `.await`. What is known without a question is
/// there at once, and nothing is allocated for it.
#[must_use = "a look-up does nothing before it is awaited"]
pub struct Lookup<'a, T>(Answer<'a, T>);

enum Answer<'a, T> {
    Known(Option<Result<T>>),
    Asked(BoxFuture<'a, Result<T>>),
}

impl<'a, T> Lookup<'a, T> {
    pub(crate) fn known(answer: Result<T>) -> Self {
        Self(Answer::Known(Some(answer)))
    }

    pub(crate) fn asked(answer: impl Future<Output = Result<T>> + Send + 'a) -> Self {
        Self(Answer::Asked(Box::pin(answer)))
    }
}

// An answer that is known is moved out; it is never pinned.
impl<T> Unpin for Lookup<'_, T> {}

impl<T> Future for Lookup<'_, T> {
    type Output = Result<T>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<T>> {
        match &mut self.get_mut().0 {
            // As with other futures, who polls again after the answer waits for ever.
            Answer::Known(answer) => answer.take().map_or(Poll::Pending, Poll::Ready),
            Answer::Asked(answer) => answer.as_mut().poll(context),
        }
    }
}

impl<T> std::fmt::Debug for Lookup<'_, T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Lookup(..)")
    }
}
