//! What the ingestion is for, a function each.

mod ingest_documents;
mod process_next;
mod record_borrower;
mod retry_document;
mod sweep_contents;

pub use ingest_documents::{Arrival, ingest_documents};
pub use process_next::{Processed, finish_document, process_next, read_document, take_next};
pub use record_borrower::record_borrower;
pub use retry_document::{retry_abandoned, retry_document};
pub use sweep_contents::sweep_contents;
