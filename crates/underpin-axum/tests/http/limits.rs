//! The limits of the server, and how it stops.

use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use underpin_axum::Server;
use underpin_conformance::Target;

use crate::client::{exchange, request, send};
use crate::service::Service;

#[tokio::test]
async fn a_body_that_is_too_large_is_refused() {
    let service = Service::start(Target::Sqlite, Server::new().body_limit(64)).await;
    let body = format!(r#"{{"id": 1, "owner": "{}"}}"#, "x".repeat(100));
    let answer = send(service.address, "POST", "/accounts", &body).await;
    assert_eq!(answer.status, 413);
    answer.problem();
    service.stop().await;
}

#[tokio::test]
async fn a_request_that_takes_too_long_is_rolled_back() {
    for target in [Target::Sqlite, Target::Postgres] {
        let server = Server::new().request_timeout(Duration::from_millis(300));
        let service = Service::start(target, server).await;
        let answer = send(service.address, "POST", "/slow", r#"{"id": 1, "owner": "ada"}"#).await;
        assert_eq!(answer.status, 503);
        answer.problem();
        assert_eq!(service.owners().await, [""; 0], "{target:?}");
        service.stop().await;
    }
}

#[tokio::test]
async fn a_head_that_never_ends_is_cut_off() {
    let service =
        Service::start(Target::Sqlite, Server::new().head_timeout(Duration::from_millis(200))).await;
    let answer = exchange(service.address, b"GET /health HTTP/1.1\r\nhost: te").await;
    // Closed, with or without words; that the exchange ends at all is what is shown.
    assert!(answer.status == 0 || answer.status == 408, "{answer:?}");
    service.stop().await;
}

#[tokio::test]
async fn what_is_no_http_is_no_panic() {
    let service = Service::start(Target::Sqlite, Server::new()).await;
    for bytes in
        [&b"\x16\x03\x01\x02\x00"[..], b"GET\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n", b"\r\n\r\n\r\n\0\0\r\n\r\n"]
    {
        let answer = exchange_and_leave(service.address, bytes).await;
        assert!(answer.is_empty() || answer.starts_with(b"HTTP/1.1 400"), "{answer:?}");
    }
    assert_eq!(send(service.address, "GET", "/health", "").await.status, 204);
    service.stop().await;
}

/// Sends bytes, says that nothing more comes, and reads what there is.
async fn exchange_and_leave(address: std::net::SocketAddr, bytes: &[u8]) -> Vec<u8> {
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(bytes).await.unwrap();
    stream.shutdown().await.unwrap();
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer).await;
    answer
}

#[tokio::test]
async fn an_address_that_is_taken_is_named() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap();
    let error = Server::new()
        .listen(address)
        .run(axum::Router::new(), |_| {}, std::future::pending())
        .await
        .unwrap_err();
    assert!(error.to_string().contains(&address.to_string()), "{error}");
    assert!(error.hint().contains("another port"));
}

#[tokio::test]
async fn it_stops_when_open_requests_are_answered() {
    let server = Server::new().drain_timeout(Duration::from_secs(20));
    let service = Service::start(Target::Sqlite, server).await;
    // A request whose body is still to come when the server is told to stop.
    let whole = request("POST", "/accounts", r#"{"id": 1, "owner": "ada"}"#);
    let mut stream = TcpStream::connect(service.address).await.unwrap();
    stream.write_all(&whole.as_bytes()[..whole.len() - 5]).await.unwrap();
    tokio::time::sleep(Duration::from_millis(200)).await;
    let stopping = tokio::spawn(service.stop());
    tokio::time::sleep(Duration::from_millis(200)).await;
    assert!(!stopping.is_finished());
    stream.write_all(&whole.as_bytes()[whole.len() - 5..]).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 201"), "{answer}");
    stopping.await.unwrap();
}
