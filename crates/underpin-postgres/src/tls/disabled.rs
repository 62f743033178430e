//! Without the feature `tls`: every connection is plain, and who asks for more is told.

use tokio_postgres::{CancelToken, Client, Config, NoTls};
use underpin_core::{Error, Result};

use super::{Certificates, Roots, SslMode};
use crate::connect::drive;

/// Opens plain connections.
#[derive(Debug, Clone)]
pub(crate) struct Tls;

impl Tls {
    /// Refuses whatever insists on encryption.
    pub(crate) fn new(mode: SslMode, certificates: &Certificates) -> Result<Self> {
        let named = certificates.roots != Roots::Unset || certificates.client.is_some();
        if mode >= SslMode::Require || (named && mode != SslMode::Disable) {
            return Err(Error::config(
                "the database URL asks for TLS, and this program was built without it",
                "build underpin with its feature `tls`, or write sslmode=disable",
            ));
        }
        Ok(Self)
    }

    /// Whether it can encrypt at all.
    pub(crate) const fn can_encrypt(&self) -> bool {
        false
    }

    /// Connects and hands the connection to a task of its own.
    pub(crate) async fn open(
        &self,
        config: &Config,
    ) -> Result<(Client, tokio::task::JoinHandle<()>), tokio_postgres::Error> {
        let (client, connection) = config.connect(NoTls).await?;
        Ok((client, drive(connection)))
    }

    /// Asks the server to give up what a connection is doing.
    pub(crate) async fn cancel(&self, token: CancelToken) {
        // Nobody waits for the answer, and a server that is gone has given up already.
        let _ = token.cancel_query(NoTls).await;
    }
}
