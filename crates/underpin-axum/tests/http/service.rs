//! The service under test: accounts with a version, behind a server of its own.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::http::StatusCode;
use axum::middleware::from_fn_with_state;
use axum::routing::{get, post};
use tokio::sync::{Notify, oneshot};
use tokio::task::JoinHandle;
use underpin::prelude::*;
use underpin_axum::{Json, Path, Problem, RequestUnitOfWork, Server, health, ready, unit_of_work};
use underpin_conformance::{Scratch, Target};

pub(crate) struct Db;

impl Store for Db {
    fn schema() -> SchemaBuilder {
        Schema::builder().table::<AccountRow>()
    }
}

#[derive(Table, Clone)]
#[table(name = "accounts")]
pub(crate) struct AccountRow {
    #[column(primary_key)]
    id: i64,
    #[column(unique, length = 20, check = "length(owner) > 0")]
    owner: String,
    #[column(version)]
    version: i32,
}

#[derive(Debug, serde::Serialize, serde::Deserialize)]
pub(crate) struct Account {
    pub(crate) id: i64,
    pub(crate) owner: String,
    #[serde(default)]
    version: i32,
}

impl Entity<Db> for Account {
    type Row = AccountRow;

    fn to_row(&self) -> AccountRow {
        AccountRow { id: self.id, owner: self.owner.clone(), version: self.version }
    }

    fn from_row(row: AccountRow) -> Result<Self, MappingError> {
        Ok(Self { id: row.id, owner: row.owner, version: row.version })
    }
}

impl Events<Db> for Account {}

/// A service that runs, and how to stop it.
pub(crate) struct Service {
    pub(crate) address: SocketAddr,
    pub(crate) database: Database<Db>,
    scratch: Scratch,
    stop: oneshot::Sender<()>,
    running: JoinHandle<()>,
}

impl Service {
    /// With a pool of one connection, so that one that leaks is noticed.
    pub(crate) async fn start(target: Target, server: Server) -> Self {
        let scratch = target.scratch().await;
        drop(scratch.database::<Db>().await);
        let database = scratch.connect_with::<Db>("pool_size=1&max_overflow=0&pool_timeout=2").await;
        let router = router(&database);
        let (stop, stopped) = oneshot::channel();
        let (listening, address) = oneshot::channel();
        let server = server.listen(SocketAddr::from(([127, 0, 0, 1], 0)));
        let running = tokio::spawn(async move {
            let stop = async {
                let _ = stopped.await;
            };
            server.run(router, |address| listening.send(address).unwrap(), stop).await.unwrap();
        });
        Self { address: address.await.unwrap(), database, scratch, stop, running }
    }

    /// Stops the server; gives when it has stopped.
    pub(crate) async fn stop(self) {
        let _ = self.stop.send(());
        self.running.await.unwrap();
        self.database.close().await;
        self.scratch.drop_database().await;
    }

    /// The owners of all accounts, by id.
    pub(crate) async fn owners(&self) -> Vec<String> {
        let accounts = self.database.select::<Account>().order_by(AccountRow::ID.asc()).all().await.unwrap();
        accounts.into_iter().map(|account| account.owner).collect()
    }
}

/// Wakes the handler that waits in `/slow`.
pub(crate) static ENTERED: std::sync::LazyLock<Arc<Notify>> = std::sync::LazyLock::new(Arc::default);

fn router(database: &Database<Db>) -> Router {
    Router::new()
        .route("/accounts", post(add))
        .route("/accounts/{id}", get(show).put(rename))
        .route("/refused", post(refused))
        .route("/panics", post(panics))
        .route("/slow", post(slow))
        .route("/keeps", post(keeps))
        .route("/twice", post(twice))
        .layer(from_fn_with_state(database.clone(), unit_of_work::<Db>))
        .route("/ready", get(ready::<Db>).with_state(database.clone()))
        .route("/outside", get(outside))
        .route("/health", get(health))
}

async fn add(
    mut uow: RequestUnitOfWork<Db>,
    Json(mut account): Json<Account>,
) -> Result<(StatusCode, Json<Account>), Problem> {
    uow.add(&mut account)?;
    Ok((StatusCode::CREATED, Json(account)))
}

async fn show(mut uow: RequestUnitOfWork<Db>, Path(id): Path<i64>) -> Result<Json<Account>, Problem> {
    uow.get::<Account>(id).await?.map(Json).ok_or_else(Problem::not_found)
}

/// Changes the account that the client has read before, in the version that it has read.
async fn rename(
    mut uow: RequestUnitOfWork<Db>,
    Path(id): Path<i64>,
    Json(wanted): Json<Account>,
) -> Result<StatusCode, Problem> {
    let mut account = Account { id, owner: String::new(), version: wanted.version };
    uow.attach(&account)?;
    account.owner = wanted.owner;
    uow.save(&mut account)?;
    Ok(StatusCode::NO_CONTENT)
}

async fn refused(
    mut uow: RequestUnitOfWork<Db>,
    Json(mut account): Json<Account>,
) -> Result<StatusCode, Problem> {
    uow.add(&mut account)?;
    uow.flush().await?;
    Err(Problem::invalid("owner", "nobody may be called that"))
}

async fn panics(mut uow: RequestUnitOfWork<Db>, Json(mut account): Json<Account>) -> StatusCode {
    uow.add(&mut account).unwrap();
    uow.flush().await.unwrap();
    panic!("a handler that panics, on purpose");
}

async fn slow(
    mut uow: RequestUnitOfWork<Db>,
    Json(mut account): Json<Account>,
) -> Result<StatusCode, Problem> {
    uow.add(&mut account)?;
    uow.flush().await?;
    ENTERED.notify_one();
    tokio::time::sleep(Duration::from_secs(60)).await;
    Ok(StatusCode::CREATED)
}

/// Breaks the rule that a unit of work ends with its handler.
async fn keeps(mut uow: RequestUnitOfWork<Db>, Json(mut account): Json<Account>) -> StatusCode {
    uow.add(&mut account).unwrap();
    tokio::spawn(async move {
        tokio::time::sleep(Duration::from_millis(300)).await;
        drop(uow);
    });
    StatusCode::CREATED
}

async fn twice(_one: RequestUnitOfWork<Db>, _other: RequestUnitOfWork<Db>) -> StatusCode {
    StatusCode::OK
}

async fn outside(_uow: RequestUnitOfWork<Db>) -> StatusCode {
    StatusCode::OK
}
