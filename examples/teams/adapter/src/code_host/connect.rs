//! A connection to a code host, with TLS or, on this machine, without.

use std::io;
use std::sync::Arc;

use rustls::pki_types::ServerName;
use rustls::{ClientConfig, RootCertStore};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;

use super::{BaseUrl, CodeHostError};

/// Bytes to and fro.
pub(super) trait Stream: AsyncRead + AsyncWrite + Send + Unpin {}

impl<T: AsyncRead + AsyncWrite + Send + Unpin> Stream for T {}

pub(super) async fn connect(to: &BaseUrl) -> Result<Box<dyn Stream>, CodeHostError> {
    let stream =
        TcpStream::connect((to.host.as_str(), to.port)).await.map_err(|error| unreachable(to, &error))?;
    if !to.is_encrypted {
        return Ok(Box::new(stream));
    }
    let name = ServerName::try_from(to.host.clone()).map_err(|_| {
        CodeHostError::new(
            format!("{} is no name that a certificate can have", to.host),
            "look at CODE_HOST_URL: is the name spelled well?",
        )
    })?;
    let stream = encryption()?.connect(name, stream).await.map_err(|error| {
        CodeHostError::new(
            format!("no encrypted connection to {}: {error}", to.authority()),
            "look at CODE_HOST_URL; a certificate of your own must be one that this machine trusts",
        )
    })?;
    Ok(Box::new(stream))
}

fn unreachable(to: &BaseUrl, error: &io::Error) -> CodeHostError {
    CodeHostError::new(
        format!("no connection to {}: {error}", to.authority()),
        "look at CODE_HOST_URL, and at the network; then try again",
    )
}

/// TLS that trusts whom this machine trusts.
fn encryption() -> Result<TlsConnector, CodeHostError> {
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    if roots.is_empty() {
        return Err(CodeHostError::new(
            "this machine has no certificates of authorities, so that nobody can be trusted",
            "install them (Debian: apt-get install ca-certificates), or name a file in SSL_CERT_FILE",
        ));
    }
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|_| CodeHostError::new("there is no version of TLS to offer", "report this as a defect"))?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(TlsConnector::from(Arc::new(config)))
}
