//! Underpin under axum: a unit of work for each request, errors as problem+json, and a server with limits.
//!
//! - [`unit_of_work`] is the middleware: it commits when the handler answered with success, and rolls back when it
//!   answered with an error, panicked, took too long, or when the client went away. [`RequestUnitOfWork`] is how a
//!   handler gets it; the transaction begins then, not before.
//! - [`Problem`] is an error as RFC 9457 has it. Errors of the database become one with the right status and without
//!   anything of the inside.
//! - [`Json`], [`Query`] and [`Path`] read a request as axum's do, and refuse it with a [`Problem`] that names the
//!   field.
//! - [`Server`] listens on loopback unless told otherwise, limits sizes and times, and stops gracefully.
//!
//! ```
//! use axum::extract::State;
//! use axum::middleware::from_fn_with_state;
//! use axum::routing::post;
//! use axum::Router;
//! use underpin::prelude::*;
//! use underpin_axum::{Json, Problem, RequestUnitOfWork, unit_of_work};
//!
//! #[derive(Table, Clone)]
//! #[table(name = "notes")]
//! struct NoteRow {
//!     #[column(primary_key)]
//!     id: i64,
//!     text: String,
//! }
//!
//! #[derive(serde::Deserialize)]
//! struct Note {
//!     id: i64,
//!     text: String,
//! }
//!
//! struct Db;
//! impl Store for Db {
//!     fn schema() -> SchemaBuilder {
//!         Schema::builder().table::<NoteRow>()
//!     }
//! }
//! impl Entity<Db> for Note {
//!     type Row = NoteRow;
//!     fn to_row(&self) -> NoteRow {
//!         NoteRow { id: self.id, text: self.text.clone() }
//!     }
//!     fn from_row(row: NoteRow) -> Result<Self, MappingError> {
//!         Ok(Self { id: row.id, text: row.text })
//!     }
//! }
//! impl Events<Db> for Note {}
//!
//! async fn add(mut uow: RequestUnitOfWork<Db>, Json(mut note): Json<Note>) -> Result<(), Problem> {
//!     uow.add(&mut note)?;
//!     Ok(())
//! }
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let database = Database::<Db>::memory()?;
//! let router: Router = Router::new()
//!     .route("/notes", post(add))
//!     .layer(from_fn_with_state(database, unit_of_work::<Db>));
//! # let _ = router;
//! # Ok(())
//! # }
//! ```

mod extract;
mod health;
mod problem;
mod server;
mod slot;
mod unit_of_work;

pub use extract::{Json, Path, Query, from_text, optional_from_text};
pub use health::{health, ready};
pub use problem::Problem;
pub use server::{Server, ServerError, shutdown_signal};
pub use unit_of_work::{RequestUnitOfWork, unit_of_work};
