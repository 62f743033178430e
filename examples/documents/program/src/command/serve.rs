//! `documents serve`: documents and borrowers over HTTP, until it is asked to stop.

use std::net::SocketAddr;
use std::time::Duration;

use documents_adapter::{DocumentsStorage, FileStore};
use underpin_axum::{Server, shutdown_signal};

use crate::error::{End, Error};
use crate::{http, log, output};

/// How long a request may take: 50 MiB come at half a megabyte a second.
const TIME: Duration = Duration::from_secs(120);

pub(crate) async fn run(
    storage: DocumentsStorage,
    contents: FileStore,
    listen: SocketAddr,
) -> Result<End, Error> {
    log::begin();
    let mut said = Ok(());
    let server = Server::new().listen(listen).request_timeout(TIME);
    let listening = |address| said = output::line(&format!("listening on http://{address}"));
    let database = storage.database().clone();
    server.run(http::router(storage, contents), listening, shutdown_signal()).await?;
    said?;
    database.close().await;
    Ok(End::Done)
}
