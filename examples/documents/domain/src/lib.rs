//! The domain of document ingestion: loan documents, and the borrowers that were read from them.
//!
//! Plain Rust: no database, no serialization, no clock and no runtime. What the domain needs of the world it says as
//! traits, the ports; adapters implement them.
//!
//! - [`Document`]: a file that came in, and how far it has got. Its [`Status`] moves only where it may.
//! - [`Borrower`]: a person with incomes, account numbers, and the places in documents where that was read.
//! - [`Storage`], [`UnitOfWork`], [`DocumentRepository`], [`BorrowerRepository`], [`ContentStore`], [`Extractor`]: the
//!   ports.
//! - [`ingest_document`], [`process_next`], [`retry_document`], [`record_borrower`]: the use cases.

mod borrower;
mod document;
mod failure;
mod port;
mod use_case;

pub use borrower::{
    AccountKind, AccountNumber, Address, Borrower, BorrowerId, BorrowerState, Confidence, IncomeRecord,
    InvalidAccountKind, InvalidAccountNumber, InvalidConfidence, InvalidPayPeriod, PayPeriod,
    SourceReference,
};
pub use document::{
    ContentHash, Document, DocumentId, DocumentKind, DocumentState, FileName, IllegalMove,
    InvalidContentHash, InvalidDocumentId, InvalidDocumentKind, InvalidFileName, InvalidStatus, Status,
};
pub use failure::{Failure, Refusal};
pub use port::{
    BorrowerRepository, ContentStore, DocumentRepository, Extracted, Extractor, Intake, Listing, Storage,
    UnitOfWork,
};
pub use use_case::{Ingested, Processed, ingest_document, process_next, record_borrower, retry_document};
