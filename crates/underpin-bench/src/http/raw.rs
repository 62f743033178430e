//! A server of `GET /cars` without the toolkit's database: axum as it comes, and connections of tokio-postgres.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use axum::Router;
use axum::routing::get;
use clap::ValueEnum;
use deadpool_postgres::{Manager, ManagerConfig, Pool, RecyclingMethod};
use tokio::io::AsyncReadExt;
use tokio::net::TcpListener;
use tokio_postgres::{Client, NoTls, Row, Statement};

use super::CONNECTIONS;
use super::handler::{Cars, Look, cars};
use crate::failure::{Result, While};
use crate::report;

/// How the server has its connections.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Kind {
    /// Open and shared by all requests in turn, each with its statements prepared.
    Held,
    /// Taken from a pool for each request.
    Deadpool,
}

/// Prints the address, and serves until standard input closes.
pub(crate) async fn serve(kind: Kind, url: &str) -> Result<()> {
    let router = match kind {
        Kind::Held => Router::new().route("/cars", get(cars::<Held>)).with_state(Held::connect(url).await?),
        Kind::Deadpool => Router::new().route("/cars", get(cars::<Pooled>)).with_state(Pooled::new(url)?),
    };
    let listener = TcpListener::bind("127.0.0.1:0").await.attempting(|| "listen on the loopback".into())?;
    report::result(&format!("listening on http://{}\n", listener.local_addr()?))?;
    let mut ignored = Vec::new();
    let mut input = tokio::io::stdin();
    tokio::select! {
        served = async { axum::serve(listener, router).await } => Ok(served?),
        read = input.read_to_end(&mut ignored) => Ok(read.map(drop)?),
    }
}

/// Connections that are shared: tokio-postgres sends the requests of many one behind the other.
#[derive(Clone)]
struct Held {
    connections: Arc<Vec<(Client, [Statement; Look::ALL.len()])>>,
    turn: Arc<AtomicUsize>,
}

impl Held {
    async fn connect(url: &str) -> Result<Self> {
        let mut connections = Vec::with_capacity(CONNECTIONS);
        for _ in 0..CONNECTIONS {
            let (client, connection) = tokio_postgres::connect(url, NoTls).await?;
            tokio::spawn(connection);
            let [all, some] = Look::ALL.map(Look::sql);
            let statements = [client.prepare(all).await?, client.prepare(some).await?];
            connections.push((client, statements));
        }
        Ok(Self { connections: Arc::new(connections), turn: Arc::default() })
    }
}

impl Cars for Held {
    async fn look(
        &self,
        look: Look,
        parameters: &[&(dyn tokio_postgres::types::ToSql + Sync)],
    ) -> Result<Vec<Row>> {
        let turn = self.turn.fetch_add(1, Ordering::Relaxed);
        let (client, statements) = &self.connections[turn % self.connections.len()];
        Ok(client.query(&statements[look as usize], parameters).await?)
    }
}

/// A pool, as it is mostly used.
#[derive(Clone)]
struct Pooled(Pool);

impl Pooled {
    fn new(url: &str) -> Result<Self> {
        let fast = ManagerConfig { recycling_method: RecyclingMethod::Fast };
        let manager = Manager::from_config(url.parse()?, NoTls, fast);
        Ok(Self(Pool::builder(manager).max_size(CONNECTIONS).build()?))
    }
}

impl Cars for Pooled {
    async fn look(
        &self,
        look: Look,
        parameters: &[&(dyn tokio_postgres::types::ToSql + Sync)],
    ) -> Result<Vec<Row>> {
        let client = self.0.get().await?;
        let statement = client.prepare_cached(look.sql()).await?;
        Ok(client.query(&statement, parameters).await?)
    }
}
