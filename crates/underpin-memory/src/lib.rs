//! A store in memory that keeps the promises of a database, for tests of a domain without one.
//!
//! It executes queries and writes as values; there is no SQL in it. What holds in a database holds here: primary keys,
//! UNIQUE constraints and unique indexes over columns, NOT NULL, foreign keys with their actions, deferred checks,
//! lengths, precisions and labels, counted columns, plain defaults, versions, savepoints, transactions of several
//! connections at a time. Every future is ready when it is first polled, so that a test needs no runtime.
//!
//! **Isolation.** A transaction works on a copy that shares what it does not change. As in PostgreSQL's READ COMMITTED
//! each request sees what others have committed before it: what the transaction has written itself is executed again on
//! the newest state. Where that cannot be, because somebody else has taken a value or changed a row, requests go on to
//! see the state before, and the commit fails with the error that the database would have given. In REPEATABLE READ and
//! SERIALIZABLE the state stays that of the first request, and who changed the same rows (for SERIALIZABLE: read or
//! wrote a table that has changed) fails with a serialization failure at commit.
//!
//! **Row locks** never wait. Who commits although a row that it had locked was changed by somebody else meanwhile gets a
//! serialization failure, after which `Database::run` runs the work again.
//!
//! **What is not there:** CHECK and exclusion constraints, partial indexes and indexes over expressions are SQL text and
//! not enforced; a row of a table with a computed column, or a default that is more than a literal, the present moment
//! or a random UUID, is refused. Queries are evaluated as PostgreSQL would, functions, joins, groups and queries inside of
//! queries included; windows, common table expressions, plans and SQL by hand are an error that names them. Text is
//! ordered by its bytes; JSON documents are equal if their texts are. A result
//! without an order comes in no order that means anything.

mod apply;
mod compare;
mod connection;
mod driver;
mod group;
mod guard;
mod identity;
mod intake;
mod literal;
mod log;
mod query;
mod replay;
mod rules;
mod select;
mod server_default;
mod state;
mod stream;
mod table;
mod transaction;

#[cfg(test)]
mod tests;

pub use driver::MemoryDriver;
