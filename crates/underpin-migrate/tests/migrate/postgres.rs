//! PostgreSQL as a target, straight on tokio-postgres, in a database that is dropped behind the test.

use std::env;

use tokio_postgres::error::SqlState;
use tokio_postgres::types::Type;
use tokio_postgres::{Client, Config, NoTls};
use underpin_migrate::{Dialect, DriverError, Observer, Target, TargetFuture, TextRows};

fn url() -> String {
    let url = env::var("UNDERPIN_TEST_POSTGRES");
    url.unwrap_or_else(|_| "postgres://postgres@127.0.0.1:5432/postgres".to_owned())
}

fn server() -> Config {
    url().parse().unwrap()
}

/// The URL of another database of the server.
pub(crate) fn url_of(database: &str) -> String {
    let url = url();
    let (rest, query) = url.split_once('?').map_or((url.as_str(), ""), |(rest, query)| (rest, query));
    let end = rest.rfind('/').unwrap();
    let query = if query.is_empty() { String::new() } else { format!("?{query}") };
    format!("{}/{database}{query}", &rest[..end])
}

async fn client(config: &Config) -> Client {
    let (client, connection) =
        config.connect(NoTls).await.expect("UNDERPIN_TEST_POSTGRES names a running server");
    tokio::spawn(connection);
    client
}

/// A database of its own for one test.
#[derive(Clone)]
pub(crate) struct Scratch {
    name: String,
}

impl Scratch {
    /// The one of this name, which another process has made.
    pub(crate) fn named(name: &str) -> Self {
        Self { name: name.to_owned() }
    }

    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// One more connection to it.
    pub(crate) async fn connect(&self) -> Postgres {
        self.connect_to(None).await
    }

    /// One more connection to it, which works in this schema.
    pub(crate) async fn connect_to(&self, schema: Option<&str>) -> Postgres {
        let mut config = server();
        config.dbname(&self.name);
        if let Some(schema) = schema {
            // That the server's machine fails is no part of any test.
            config.options(format!("-c search_path={schema} -c synchronous_commit=off"));
        }
        Postgres { client: client(&config).await, config, can_observe: true }
    }
}

/// Runs a test in a database of its own, which is dropped whether the test passes or panics.
pub(crate) async fn scratch<F, T>(test: &str, body: F)
where
    F: FnOnce(Scratch) -> T,
    T: Future<Output = ()> + Send + 'static,
{
    let name = format!("underpin_migrate_{test}_{}", std::process::id());
    let admin = client(&server()).await;
    admin.batch_execute(&format!("CREATE DATABASE {name}")).await.unwrap();
    let outcome = tokio::spawn(body(Scratch { name: name.clone() })).await;
    admin.batch_execute(&format!("DROP DATABASE {name} WITH (FORCE)")).await.unwrap();
    outcome.unwrap();
}

/// One connection.
pub(crate) struct Postgres {
    client: Client,
    config: Config,
    can_observe: bool,
}

impl Postgres {
    /// The same, without a second connection.
    pub(crate) fn alone(mut self) -> Self {
        self.can_observe = false;
        self
    }

    pub(crate) async fn run(&self, sql: &str) -> Result<(), DriverError> {
        self.client.simple_query(sql).await?;
        Ok(())
    }

    /// The first column of every row.
    pub(crate) async fn column(&self, sql: &str) -> Vec<String> {
        let rows = self.rows(sql).await.unwrap();
        rows.into_iter().map(|mut row| row.remove(0).unwrap_or_default()).collect()
    }

    async fn rows(&self, sql: &str) -> Result<Vec<Vec<Option<String>>>, DriverError> {
        let rows = self.client.query(sql, &[]).await?;
        rows.iter()
            .map(|row| {
                let types: Vec<_> = row.columns().iter().map(|column| column.type_()).collect();
                assert!(
                    types.iter().all(|kind| **kind == Type::TEXT),
                    "every column is text: {types:?} in {sql}"
                );
                (0..row.len()).map(|index| Ok(row.try_get(index)?)).collect()
            })
            .collect()
    }
}

impl Target for Postgres {
    fn dialect(&self) -> Dialect {
        Dialect::Postgres
    }

    fn execute<'a>(&'a mut self, sql: &'a str) -> TargetFuture<'a, ()> {
        Box::pin(self.run(sql))
    }

    fn query<'a>(&'a mut self, sql: &'a str) -> TargetFuture<'a, Vec<Vec<Option<String>>>> {
        Box::pin(self.rows(sql))
    }

    fn begin(&mut self) -> TargetFuture<'_, ()> {
        Box::pin(self.run("BEGIN"))
    }

    fn commit(&mut self) -> TargetFuture<'_, ()> {
        Box::pin(self.run("COMMIT"))
    }

    fn rollback(&mut self) -> TargetFuture<'_, ()> {
        Box::pin(self.run("ROLLBACK"))
    }

    fn is_in_the_way(&self, error: &DriverError) -> bool {
        let code = error.downcast_ref::<tokio_postgres::Error>().and_then(tokio_postgres::Error::code);
        code.is_some_and(|code| {
            [SqlState::LOCK_NOT_AVAILABLE, SqlState::T_R_DEADLOCK_DETECTED].contains(code)
        })
    }

    fn sqlstate(&self, error: &DriverError) -> Option<String> {
        let error = error.downcast_ref::<tokio_postgres::Error>()?;
        error.code().map(|code| code.code().to_owned())
    }

    fn observer(&mut self) -> Option<Box<dyn Observer>> {
        self.can_observe.then(|| Box::new(Second(self.config.clone())) as Box<dyn Observer>)
    }
}

/// A second connection, a new one for each question.
struct Second(Config);

impl Observer for Second {
    fn query<'a>(&'a mut self, sql: &'a str) -> TargetFuture<'a, TextRows> {
        Box::pin(async move {
            let second =
                Postgres { client: client(&self.0).await, config: self.0.clone(), can_observe: false };
            second.rows(sql).await
        })
    }
}
