//! `finance serve`: users and events over HTTP, until it is asked to stop.

use std::net::SocketAddr;

use finance_adapter::FinanceStorage;
use underpin_axum::{Server, shutdown_signal};

use crate::error::{End, Error};
use crate::http::{self, Token};
use crate::{log, output};

/// The most bytes of a request: the longest address fits many times over.
const BODY: usize = 16 << 10;

pub(crate) async fn run(storage: FinanceStorage, token: Token, listen: SocketAddr) -> Result<End, Error> {
    log::begin();
    let mut said = Ok(());
    let server = Server::new().listen(listen).body_limit(BODY);
    let listening = |address| said = output::line(&format!("listening on http://{address}"));
    server.run(http::router(&storage, token), listening, shutdown_signal()).await?;
    said?;
    storage.database().close().await;
    Ok(End::Done)
}
