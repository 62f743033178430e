//! PostgreSQL as a target, straight on tokio-postgres, in a database that is dropped behind the test.

use std::env;

use tokio_postgres::types::Type;
use tokio_postgres::{Client, Config, NoTls};
use underpin_migrate::{Dialect, DriverError, Target, TargetFuture};

fn server() -> Config {
    let url = env::var("UNDERPIN_TEST_POSTGRES");
    let url = url.unwrap_or_else(|_| "postgres://postgres@127.0.0.1:5432/postgres".to_owned());
    url.parse().unwrap()
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
    /// One more connection to it.
    pub(crate) async fn connect(&self) -> Postgres {
        Postgres(client(server().dbname(&self.name)).await)
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
pub(crate) struct Postgres(Client);

impl Postgres {
    pub(crate) async fn run(&self, sql: &str) -> Result<(), DriverError> {
        self.0.simple_query(sql).await?;
        Ok(())
    }

    /// The first column of every row.
    pub(crate) async fn column(&self, sql: &str) -> Vec<String> {
        let rows = self.rows(sql).await.unwrap();
        rows.into_iter().map(|mut row| row.remove(0).unwrap_or_default()).collect()
    }

    async fn rows(&self, sql: &str) -> Result<Vec<Vec<Option<String>>>, DriverError> {
        let rows = self.0.query(sql, &[]).await?;
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
}
