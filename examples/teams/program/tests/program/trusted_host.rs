//! A code host on this machine with TLS, whose certificate was made for the test.

use std::fs::File;
use std::net::{SocketAddr, TcpListener};
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::thread;

use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};

use crate::fake_host::answer;

pub(crate) struct TrustedHost {
    address: SocketAddr,
    certificate: String,
}

impl TrustedHost {
    /// Answers every request with this list, and says that it is the last page.
    pub(crate) fn start(directory: &Path, list: String) -> Self {
        let (certificate, key) = (directory.join("host.pem"), directory.join("host.key"));
        certify(&certificate, &key);
        let chain = CertificateDer::pem_file_iter(&certificate).expect("PEM").collect::<Result<_, _>>();
        let key = PrivateKeyDer::from_pem_file(&key).expect("PEM");
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .expect("versions of TLS")
            .with_no_client_auth()
            .with_single_cert(chain.expect("certificates"), key)
            .expect("a certificate and its key");
        let config = Arc::new(config);
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = listener.local_addr().expect("its address");
        thread::spawn(move || {
            for stream in listener.incoming() {
                let connection = ServerConnection::new(Arc::clone(&config)).expect("a connection");
                let mut stream = StreamOwned::new(connection, stream.expect("a client"));
                // Who does not trust us breaks off.
                let _ = serve(&mut stream, &list);
            }
        });
        Self { address, certificate: certificate.display().to_string() }
    }

    pub(crate) fn url(&self) -> String {
        format!("https://localhost:{}", self.address.port())
    }

    /// The file of the certificate that signs it.
    pub(crate) fn certificate(&self) -> &str {
        &self.certificate
    }
}

fn serve(stream: &mut StreamOwned<ServerConnection, std::net::TcpStream>, list: &str) -> std::io::Result<()> {
    use std::io::{Read, Write};

    let (mut head, mut buffer) = (Vec::new(), [0; 4096]);
    while !head.ends_with(b"\r\n\r\n") {
        match stream.read(&mut buffer)? {
            0 => return Ok(()),
            read => head.extend_from_slice(&buffer[..read]),
        }
    }
    let answer = answer("200 OK", "link: <x>; rel=\"first\"\r\n", list).unwrap_or_default();
    stream.write_all(answer.as_bytes())?;
    stream.conn.send_close_notify();
    stream.flush()
}

/// A certificate of localhost that signs itself, and is valid for a day.
fn certify(certificate: &Path, key: &Path) {
    let log = File::create(key.with_extension("log")).expect("a file");
    let made = Command::new("openssl")
        .args(["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=localhost"])
        .args(["-addext", "subjectAltName=DNS:localhost", "-addext", "basicConstraints=critical,CA:FALSE"])
        .arg("-keyout")
        .arg(key)
        .arg("-out")
        .arg(certificate)
        .stderr(log)
        .status();
    assert!(made.expect("openssl is installed").success());
}
