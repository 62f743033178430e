//! With the feature `tls`: rustls, set up as libpq sets up its TLS.

use std::io;
use std::path::Path;
use std::sync::Arc;

use rustls::ClientConfig;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName};
use tokio_rustls::TlsConnector;
use underpin_core::{Error, Result};
use underpin_wire::Stream;

use super::binding::end_point;
use super::verify::Verifier;
use super::{Certificates, Encrypted, Roots, SslMode};

/// Encrypts connections, if the configuration leaves room for it.
#[derive(Clone)]
pub(crate) struct Tls(Option<Arc<ClientConfig>>);

impl std::fmt::Debug for Tls {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Tls")
    }
}

impl Tls {
    /// Reads the certificates and prepares what the mode asks for.
    pub(crate) fn new(mode: SslMode, certificates: &Certificates) -> Result<Self> {
        if mode == SslMode::Disable {
            return Ok(Self(None));
        }
        // As in libpq: whoever names a root means it to be checked.
        let mode = match (&certificates.roots, mode) {
            (Roots::File(_), SslMode::Require) => SslMode::VerifyCa,
            (Roots::System, SslMode::Require | SslMode::VerifyCa) => SslMode::VerifyFull,
            (_, mode) => mode,
        };
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let verifier = match mode {
            SslMode::VerifyCa => Verifier::chain(roots(&certificates.roots)?, provider.clone())?,
            SslMode::VerifyFull => Verifier::chain_and_name(roots(&certificates.roots)?, provider.clone())?,
            _ => Verifier::nothing(provider.clone()),
        };
        let builder = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .map_err(|_| Error::config("rustls has no protocol version to offer", "report this as a defect"))?
            .dangerous()
            .with_custom_certificate_verifier(Arc::new(verifier));
        let mut config = match &certificates.client {
            None => builder.with_no_client_auth(),
            Some((certificate, key)) => builder
                .with_client_auth_cert(read_certificates("sslcert", certificate)?, read_key(key)?)
                .map_err(|_| {
                    Error::config(
                        "the files of sslcert and sslkey do not belong together",
                        "name the client's certificate and its private key, both in PEM format",
                    )
                })?,
        };
        // PostgreSQL 17 asks for it with sslnegotiation=direct; others pass over it.
        config.alpn_protocols = vec![b"postgresql".to_vec()];
        Ok(Self(Some(Arc::new(config))))
    }

    /// Whether it can encrypt at all.
    pub(crate) const fn can_encrypt(&self) -> bool {
        self.0.is_some()
    }

    /// Encrypts a stream to a host; gives it with the digest of the host's certificate, to which a password's proof is
    /// bound.
    pub(crate) async fn encrypt(&self, stream: Box<dyn Stream>, host: &str) -> io::Result<Encrypted> {
        let Some(config) = &self.0 else {
            return Err(io::Error::new(io::ErrorKind::Unsupported, "TLS is switched off"));
        };
        let host = ServerName::try_from(host.to_owned())
            .map_err(|error| io::Error::new(io::ErrorKind::InvalidInput, error))?;
        let stream = TlsConnector::from(Arc::clone(config)).connect(host, stream).await?;
        let certificates = stream.get_ref().1.peer_certificates().unwrap_or_default();
        let digest = certificates.first().and_then(|certificate| end_point(certificate));
        Ok((Box::new(stream), digest))
    }
}

fn roots(from: &Roots) -> Result<Vec<CertificateDer<'static>>> {
    let file = match from {
        Roots::File(file) => Some(file.clone()),
        Roots::Unset => {
            std::env::home_dir().map(|home| home.join(".postgresql/root.crt")).filter(|file| file.is_file())
        }
        Roots::System => None,
    };
    match &file {
        Some(file) => read_certificates("sslrootcert", file),
        None => Ok(rustls_native_certs::load_native_certs().certs),
    }
}

fn read_certificates(option: &'static str, file: &Path) -> Result<Vec<CertificateDer<'static>>> {
    CertificateDer::pem_file_iter(file)
        .and_then(Iterator::collect)
        .map_err(|error| unreadable(option, file, &error))
}

fn read_key(file: &Path) -> Result<PrivateKeyDer<'static>> {
    PrivateKeyDer::from_pem_file(file).map_err(|error| unreadable("sslkey", file, &error))
}

fn unreadable(option: &'static str, file: &Path, error: &rustls::pki_types::pem::Error) -> Error {
    let why = match error {
        rustls::pki_types::pem::Error::Io(error) => error.kind().to_string(),
        _ => "it is not in PEM format".to_owned(),
    };
    Error::config(
        format!("the file {} of {option} cannot be read: {why}", file.display()),
        format!(
            "{option} of the database URL takes the path of a file in PEM format that this program may read"
        ),
    )
}
