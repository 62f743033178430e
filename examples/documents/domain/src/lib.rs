//! The domain of document ingestion: loan documents, and the borrowers that were read from them.
//!
//! Plain Rust: no database, no serialization, no clock and no runtime. What the domain needs of the world it says as
//! traits, the ports; adapters implement them.
//!
//! - [`Document`]: a file that came in, and how far it has got. Its [`Status`] moves only where it may.
//! - [`Borrower`]: a person with incomes, account numbers, and the places in documents where that was read.
//! - [`Storage`], [`UnitOfWork`], [`Repositories`], [`DocumentRepository`], [`BorrowerRepository`], [`ContentStore`],
//!   [`Extractor`]: the ports.
//! - [`ingest_documents`], [`process_next`], [`retry_document`], [`retry_abandoned`], [`record_borrower`],
//!   [`sweep_contents`]: the use cases.

mod borrower;
mod document;
mod failure;
mod paging;
mod plain_text;
mod port;
mod use_case;
mod words;

pub use borrower::{
    AccountId, AccountKind, AccountNumber, Address, Borrower, BorrowerId, BorrowerState, Confidence, Entry,
    IncomeId, IncomeRecord, IncomeYear, InvalidAccountKind, InvalidAccountNumber, InvalidConfidence,
    InvalidIncomeYear, InvalidMoney, InvalidPageNumber, InvalidPayPeriod, Money, PageNumber, PayPeriod,
    Snippet, SourceId, SourceReference,
};
pub use document::{
    ContentHash, Document, DocumentId, DocumentKind, DocumentState, FileName, IllegalMove,
    InvalidContentHash, InvalidDocumentId, InvalidDocumentKind, InvalidFileName, InvalidStatus, Status,
};
pub use failure::{Failure, Refusal};
pub use paging::{InvalidPaging, Paging};
pub use port::{
    ArrivedContent, BorrowerRepository, ContentStore, DocumentRepository, Extracted, Extractor, Intake,
    Listing, Repositories, Storage, UnitOfWork,
};
pub use use_case::{
    Arrival, Processed, finish_document, ingest_documents, process_next, read_document, record_borrower,
    retry_abandoned, retry_document, sweep_contents, take_next,
};
pub use words::{InvalidWords, Words};
