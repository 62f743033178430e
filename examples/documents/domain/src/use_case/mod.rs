//! What the ingestion is for, a function each.

mod ingest_document;
mod process_next;
mod record_borrower;
mod retry_document;

pub use ingest_document::{Ingested, ingest_document};
pub use process_next::{Processed, process_next};
pub use record_borrower::record_borrower;
pub use retry_document::retry_document;
