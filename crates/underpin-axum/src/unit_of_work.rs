//! A unit of work for each request.

use std::ops::{Deref, DerefMut};

use axum::extract::{FromRequestParts, Request, State};
use axum::http::request::Parts;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use underpin::{Database, Store, UnitOfWork};

use crate::Problem;
use crate::slot::{Ended, Lent, Slot};

/// Gives each request a unit of work: use it with [`axum::middleware::from_fn_with_state`].
///
/// After the handler it is committed if the answer is a success or a redirection, and rolled back otherwise. If the
/// commit fails, the answer is the [`Problem`] of that failure instead. A handler that never asks for the unit of work
/// takes no connection. When the future of the request is dropped (the client is gone, a time limit has run out, a
/// panic), the transaction is rolled back.
pub async fn unit_of_work<S: Store>(
    State(database): State<Database<S>>,
    mut request: Request,
    next: Next,
) -> Response {
    let slot = Slot::new(database);
    request.extensions_mut().insert(slot.clone());
    let response = next.run(request).await;
    let keep = response.status().is_success() || response.status().is_redirection();
    let ended = match slot.close() {
        Ended::Untouched => return response,
        Ended::Returned(uow) if keep => uow.commit().await,
        Ended::Returned(uow) => uow.rollback().await,
        Ended::Kept if keep => {
            tracing::error!(
                "a handler answered and kept the unit of work of its request, so nothing is committed"
            );
            return Problem::internal().into_response();
        }
        Ended::Kept => return response,
    };
    match ended {
        Err(error) if keep => Problem::from(error).into_response(),
        // Of an answer that is an error already, the handler's own says more; a connection that cannot roll back is
        // discarded by its pool.
        _ => response,
    }
}

/// The unit of work of a request, as a handler's argument. The transaction begins when a handler asks for it.
///
/// The middleware [`unit_of_work`] commits it when the handler's answer is known. Do not move it into a task that
/// outlives the handler: the answer would then be an error, and nothing is committed.
pub struct RequestUnitOfWork<S: Store>(Lent<S>);

impl<S: Store> std::fmt::Debug for RequestUnitOfWork<S> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("RequestUnitOfWork").field(&**self).finish()
    }
}

impl<S: Store> Deref for RequestUnitOfWork<S> {
    type Target = UnitOfWork<S>;

    fn deref(&self) -> &UnitOfWork<S> {
        &self.0
    }
}

impl<S: Store> DerefMut for RequestUnitOfWork<S> {
    fn deref_mut(&mut self) -> &mut UnitOfWork<S> {
        &mut self.0
    }
}

impl<S: Store, T: Sync> FromRequestParts<T> for RequestUnitOfWork<S> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _state: &T) -> Result<Self, Problem> {
        let slot = parts.extensions.get::<Slot<S>>().cloned();
        let Some(slot) = slot else {
            tracing::error!("a handler asked for a unit of work, but its route is not under `unit_of_work`");
            return Err(Problem::internal());
        };
        slot.lend().await.map(Self)
    }
}
