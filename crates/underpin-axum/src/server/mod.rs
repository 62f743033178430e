//! A server with limits, that stops gracefully.

mod error;
mod panic;
mod signal;
mod timeout;
mod wordless;

use std::convert::Infallible;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{DefaultBodyLimit, Request};
use axum::response::Response;
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use hyper_util::server::graceful::GracefulShutdown;
use tokio::net::TcpListener;
use tokio::sync::Semaphore;
use tower::ServiceExt;

pub use self::error::ServerError;
pub use self::signal::shutdown_signal;

/// Serves a router over HTTP/1.1.
///
/// | limit | unless told otherwise |
/// |---|---|
/// | address | 127.0.0.1, port 8080 |
/// | body of a request | 1 MiB, or what a route says with [`DefaultBodyLimit`] |
/// | time for a request, its body included | 30 seconds, then 503 |
/// | time for the head of a request | 10 seconds, then the connection is closed |
/// | connections at a time | 1,024; more wait to be accepted |
/// | time for open requests when it stops | 10 seconds |
#[derive(Debug, Clone)]
pub struct Server {
    address: SocketAddr,
    body: usize,
    request: Duration,
    head: Duration,
    connections: usize,
    drain: Duration,
}

impl Default for Server {
    fn default() -> Self {
        Self::new()
    }
}

impl Server {
    /// A server on loopback, with the limits in the table.
    #[must_use]
    pub fn new() -> Self {
        Self {
            address: SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 8080),
            body: 1 << 20,
            request: Duration::from_secs(30),
            head: Duration::from_secs(10),
            connections: 1024,
            drain: Duration::from_secs(10),
        }
    }

    /// Listens here; port 0 is any free one.
    #[must_use]
    pub fn listen(mut self, address: SocketAddr) -> Self {
        self.address = address;
        self
    }

    /// The most bytes of a request's body, for routes that say nothing else.
    #[must_use]
    pub fn body_limit(mut self, bytes: usize) -> Self {
        self.body = bytes;
        self
    }

    /// How long a request may take.
    #[must_use]
    pub fn request_timeout(mut self, time: Duration) -> Self {
        self.request = time;
        self
    }

    /// How long the head of a request may take to arrive.
    #[must_use]
    pub fn head_timeout(mut self, time: Duration) -> Self {
        self.head = time;
        self
    }

    /// How many connections are served at a time, at least one.
    #[must_use]
    pub fn connections(mut self, connections: usize) -> Self {
        self.connections = connections.max(1);
        self
    }

    /// How long open requests have when the server stops.
    #[must_use]
    pub fn drain_timeout(mut self, time: Duration) -> Self {
        self.drain = time;
        self
    }

    /// Serves until `stop` is done, then lets open requests finish. `listening` learns the address.
    ///
    /// # Errors
    /// If the address cannot be listened on.
    pub async fn run(
        self,
        router: Router,
        listening: impl FnOnce(SocketAddr),
        stop: impl Future<Output = ()>,
    ) -> Result<(), ServerError> {
        let listener =
            TcpListener::bind(self.address).await.map_err(|error| ServerError::new(self.address, error))?;
        listening(listener.local_addr().unwrap_or(self.address));
        let open = GracefulShutdown::new();
        let places = Arc::new(Semaphore::new(self.connections));
        let mut stop = pin!(stop);
        loop {
            // The semaphore is never closed, so that there always is a place at last.
            let accepted = async {
                let place = Arc::clone(&places).acquire_owned().await.ok()?;
                let (stream, _) = listener.accept().await.ok()?;
                Some((place, stream))
            };
            let (place, stream) = tokio::select! {
                // Clients that never cease to come do not put off the end.
                biased;
                () = &mut stop => break,
                accepted = accepted => match accepted {
                    Some(accepted) => accepted,
                    None => {
                        // Mostly that there are no more file handles: they come back when connections end.
                        tokio::time::sleep(Duration::from_millis(50)).await;
                        continue;
                    }
                },
            };
            let mut connection = Builder::new(TokioExecutor::new()).http1_only();
            connection.http1().timer(TokioTimer::new()).header_read_timeout(self.head);
            let (router, body, time) = (router.clone(), self.body, self.request);
            let service = service_fn(move |request| answer(router.clone(), body, time, request));
            let connection = connection.serve_connection(TokioIo::new(stream), service).into_owned();
            let connection = open.watch(connection);
            tokio::spawn(async move {
                // What is wrong with a connection is its client's matter; answers to requests are logged elsewhere.
                let _ = connection.await;
                drop(place);
            });
        }
        drop(listener);
        if tokio::time::timeout(self.drain, open.shutdown()).await.is_err() {
            tracing::warn!("the server stops although requests are open");
        }
        Ok(())
    }
}

/// What a request is answered, under the limits. They stand around the router, for a layer would be one around each route,
/// and be cloned for each request.
async fn answer(
    router: Router,
    body: usize,
    time: Duration,
    request: Request<Incoming>,
) -> Result<Response, Infallible> {
    let mut request = request.map(Body::new);
    DefaultBodyLimit::max(body).apply(&mut request);
    let routed = async { router.oneshot(request).await.map(wordless::worded) };
    panic::caught(timeout::within(time, routed)).await
}
