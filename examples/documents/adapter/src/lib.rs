//! What keeps documents and borrowers: the tables and the mapping on Underpin, and a directory for the files.
//!
//! - [`Db`]: the marker of the program's schema; it makes it legal to map types of the domain here.
//! - [`row`]: one struct for each table; its definition *is* the table's definition.
//! - `mapping/`: how a document, and a borrower with all that was read about them, become rows.
//! - [`KEYS`], [`number_column`]: the keys that the numbers of accounts are encrypted with, and where they stand.
//! - [`DocumentsStorage`]: the port of the domain, on PostgreSQL, on SQLite and in memory alike; [`Lent`]: the same
//!   inside a unit of work that somebody else commits.
//! - [`FileStore`], [`MemoryStore`]: where the contents are.
//! - [`history`], [`MIGRATIONS`]: the revisions that build the tables, compiled in.

mod borrowers;
mod db;
mod documents;
mod error;
mod file_store;
mod history;
mod mapping;
mod memory_store;
mod storage;
mod unit_of_work;

pub mod row;

pub use borrowers::Borrowers;
pub use db::Db;
pub use documents::Documents;
pub use error::{ContentError, StorageError};
pub use file_store::{ArrivedFile, FileStore, Receiving, TooLarge};
pub use history::{MIGRATIONS, history};
pub use mapping::{KEYS, number_column};
pub use memory_store::{ArrivedBytes, MemoryStore};
pub use storage::DocumentsStorage;
pub use unit_of_work::{DocumentsUnitOfWork, Lent};
