//! PostgreSQL's wire: one connection that writes requests and reads their answers, in the order of asking.
//!
//! It knows no pool, no table and no row struct; what it stands on is a stream that somebody else has opened, plain or
//! encrypted. No task drives it: whoever waits for an answer writes and reads, on his own thread, so that a request costs
//! no switch between tasks and a row is decoded where it arrived.
//!
//! - [`Connection::start`] logs in. Requests are written by [`simple`](Connection::simple), [`prepare`](Connection::prepare),
//!   [`execute`](Connection::execute), [`execute_unnamed`](Connection::execute_unnamed) and [`copy`](Connection::copy):
//!   each gives a [`Ticket`] at once, so that many may be under way. In a [`group`](Connection::group), what stands behind a
//!   request that fails is not executed.
//! - Answers are awaited by [`done`](Connection::done), [`described`](Connection::described) and
//!   [`accepted`](Connection::accepted) with [`next`](Connection::next). What was asked before and nobody awaited is passed
//!   over.
//!
//! **Invariants:** every request, or group of them, ends in one ReadyForQuery, and these are counted, so that no answer is ever taken for
//! another's; what a dropped future had not yet sent is not sent; no error and no log shows a parameter or a password.
//!
//! Source: PostgreSQL's documentation, "Frontend/Backend Protocol", version 3.0.

mod answer;
mod authentication;
mod connection;
mod copy;
mod description;
mod encryption;
mod error;
mod frame;
mod group;
mod inbound;
mod login;
mod prepared;
mod refusal;
mod request;
mod row;
pub mod sqlstate;
mod start;
mod types;

pub use answer::Rows;
pub use connection::{Connection, Stream, Ticket};
pub use description::{Column, Described};
pub use encryption::{CancelKey, offer_encryption};
pub use error::Error;
pub use group::Group;
pub use login::{Binding, Login};
pub use postgres_types::{Kind, Type};
pub use prepared::Prepared;
pub use refusal::Refusal;
pub use request::{Parameters, Preparing, Unfit};
pub use row::Row;
