//! `teams serve`: the team catalogue over HTTP, until it is asked to stop.

use std::net::SocketAddr;

use teams_adapter::TeamsStorage;
use underpin_axum::{Server, shutdown_signal};

use crate::error::{End, Error};
use crate::{http, log, output};

/// The most bytes of a request: an item with all that may be said of it, in words of usual length.
const BODY: usize = 1 << 20;

pub(crate) async fn run(storage: TeamsStorage, listen: SocketAddr) -> Result<End, Error> {
    log::begin();
    let mut said = Ok(());
    let server = Server::new().listen(listen).body_limit(BODY);
    let listening = |address| said = output::line(&format!("listening on http://{address}"));
    server.run(http::router(&storage), listening, shutdown_signal()).await?;
    said?;
    storage.database().close().await;
    Ok(End::Done)
}
