//! `catalog serve`: the catalogue over HTTP, until it is asked to stop.

use std::net::SocketAddr;

use catalog_adapter::Catalog;
use underpin_axum::{Server, shutdown_signal};

use crate::error::{End, Error};
use crate::{http, log, output};

/// The most bytes of a request: 200 cars fit, with every character escaped.
const BODY: usize = 1 << 20;

pub(crate) async fn run(catalog: Catalog, listen: SocketAddr) -> Result<End, Error> {
    log::begin();
    let mut said = Ok(());
    let server = Server::new().listen(listen).body_limit(BODY);
    let listening = |address| said = output::line(&format!("listening on http://{address}"));
    server.run(http::router(&catalog), listening, shutdown_signal()).await?;
    said?;
    catalog.database().close().await;
    Ok(End::Done)
}
