//! The function that a revision calls to encrypt what a column holds in plain.

use underpin_core::{Dialect, Error, ErrorKind};
use underpin_migrate::{CallFuture, Context, Dialect as Kind, DriverError, Functions};
use underpin_secrets::{Backfill, KeyRing, Place, PlaceFuture, SecretsError, StoredColumn, Texts};

/// `functions.encrypting(column, keys)`: what the revisions of a [`Move`](underpin_secrets::Move) call.
pub trait Encrypting {
    /// Adds the function that encrypts the plain values of a column, with the ring that `keys` gives when it is called.
    #[must_use]
    fn encrypting<K>(self, column: StoredColumn, keys: K) -> Self
    where
        K: Fn() -> Result<KeyRing, SecretsError> + Send + Sync + 'static;
}

impl Encrypting for Functions {
    fn encrypting<K>(self, column: StoredColumn, keys: K) -> Self
    where
        K: Fn() -> Result<KeyRing, SecretsError> + Send + Sync + 'static,
    {
        self.register(column.backfill_function(), move |context| {
            let (column, ring) = (column.clone(), keys());
            Box::pin(async move { fill(context, &column, ring).await }) as CallFuture<'_>
        })
    }
}

async fn fill(
    context: Context<'_>,
    column: &StoredColumn,
    ring: Result<KeyRing, SecretsError>,
) -> Result<(), DriverError> {
    let backfill = Backfill::new(&ring?);
    let report = backfill.run(&mut Called { context, written: 0 }, column, |_| {}).await?;
    match report.first_refused.first() {
        None => Ok(()),
        Some(row) => {
            let reason = &row.reason;
            Err(format!("{} rows of {column} cannot be encrypted: {}: {reason}", report.refused, row.key)
                .into())
        }
    }
}

/// The connection of the revision, whose section says no-transaction: each statement is a transaction. Values go as
/// parameters, for statements may be logged.
struct Called<'c> {
    context: Context<'c>,
    written: u64,
}

impl Called<'_> {
    async fn run(&mut self, sql: &str, params: &[String]) -> Result<Texts, SecretsError> {
        self.context.query_with(sql, params).await.map_err(told)
    }
}

impl Place for Called<'_> {
    fn dialect(&self) -> &'static Dialect {
        match self.context.dialect() {
            Kind::Sqlite => Dialect::SQLITE,
            _ => Dialect::POSTGRES,
        }
    }

    fn read<'a>(&'a mut self, sql: &'a str, params: &'a [String]) -> PlaceFuture<'a> {
        Box::pin(self.run(sql, params))
    }

    fn write<'a>(&'a mut self, sql: &'a str, params: &'a [String]) -> PlaceFuture<'a> {
        Box::pin(async move {
            let rows = self.run(sql, params).await?;
            self.written += rows.len() as u64;
            self.context.report(self.written, None);
            Ok(rows)
        })
    }
}

fn told(error: DriverError) -> SecretsError {
    SecretsError::database(match error.downcast::<Error>() {
        Ok(error) => *error,
        Err(other) => Error::new(ErrorKind::Database { sqlstate: None }, other.to_string()),
    })
}
