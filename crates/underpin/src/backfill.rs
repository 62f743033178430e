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

/// The connection of the revision, whose section says no-transaction: each statement is a transaction.
struct Called<'c> {
    context: Context<'c>,
    written: u64,
}

impl Called<'_> {
    async fn run(&mut self, sql: &str, params: &[String]) -> Result<Texts, SecretsError> {
        let literals: Result<Vec<String>, DriverError> =
            params.iter().map(|param| self.context.quote(param)).collect();
        let sql = filled(sql, &literals.map_err(told)?);
        self.context.query(&sql).await.map_err(told)
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

/// The statement with literals where its parameters were; what is quoted stays as it is.
fn filled(sql: &str, literals: &[String]) -> String {
    let mut out = String::with_capacity(sql.len() + literals.iter().map(String::len).sum::<usize>());
    let (mut quote, mut rest) = (None, sql);
    while let Some(char) = rest.chars().next() {
        rest = &rest[char.len_utf8()..];
        match (quote, char) {
            (None, '"' | '\'') => quote = Some(char),
            (Some(open), char) if open == char => quote = None,
            (None, '$' | '?') => {
                let digits = rest.len() - rest.trim_start_matches(|next: char| next.is_ascii_digit()).len();
                let number: Option<usize> = rest[..digits].parse().ok();
                if let Some(literal) = number.and_then(|number| literals.get(number.wrapping_sub(1))) {
                    out.push_str(literal);
                    rest = &rest[digits..];
                    continue;
                }
            }
            _ => {}
        }
        out.push(char);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_parameters_become_literals() {
        let literals = ["'a $2'".to_owned(), "'b'".to_owned()];
        assert_eq!(
            filled("CAST($1 AS text), \"$1\"\"$2\", '$[0]' = ?2, $3", &literals),
            "CAST('a $2' AS text), \"$1\"\"$2\", '$[0]' = 'b', $3"
        );
    }
}
