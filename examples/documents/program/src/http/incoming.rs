//! The file of an upload while it comes in: to the disk by the portion, on threads that may wait for it.

use documents_adapter::{ArrivedFile, ContentError, FileStore, Receiving, TooLarge};
use tokio::task::spawn_blocking;
use underpin_axum::Problem;

use super::problem;
use crate::bounds::MOST_BYTES;

/// How many bytes are written at a time.
const PORTION: usize = 256 << 10;

/// A file that is coming in. Dropping it, because the client has gone away or for any other reason, removes what has
/// come: at once, or when the thread is done that writes a portion.
pub(super) struct Incoming {
    receiving: Receiving,
    portion: Vec<u8>,
}

impl Incoming {
    pub(super) async fn begin(contents: &FileStore) -> Result<Self, Problem> {
        let contents = contents.clone();
        let receiving = on_a_thread(move || contents.receive(MOST_BYTES)).await?;
        Ok(Self { receiving, portion: Vec::new() })
    }

    /// Takes the next bytes.
    pub(super) async fn take(mut self, bytes: &[u8]) -> Result<Self, Problem> {
        self.portion.extend_from_slice(bytes);
        if self.portion.len() < PORTION { Ok(self) } else { self.write().await }
    }

    /// That was all.
    pub(super) async fn end(self) -> Result<ArrivedFile, Problem> {
        let Self { receiving, .. } = self.write().await?;
        on_a_thread(move || receiving.end()).await
    }

    async fn write(self) -> Result<Self, Problem> {
        let Self { mut receiving, mut portion } = self;
        let written = on_a_thread(move || {
            let taken = receiving.take(&portion)?;
            portion.clear();
            Ok(taken.map(|()| Self { receiving, portion }))
        });
        written.await?.map_err(too_large)
    }
}

fn too_large(why: TooLarge) -> Problem {
    Problem::new(axum::http::StatusCode::PAYLOAD_TOO_LARGE).field("file").detail(why.to_string())
}

async fn on_a_thread<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, ContentError> + Send + 'static,
) -> Result<T, Problem> {
    match spawn_blocking(work).await {
        Ok(done) => done.map_err(|error| problem::of_contents(&error)),
        // It panicked, or the server stops.
        Err(_) => Err(Problem::internal()),
    }
}
