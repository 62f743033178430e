//! The ports: what the domain needs of the world.

mod borrower_repository;
mod content_store;
mod document_repository;
mod extractor;
mod storage;
mod unit_of_work;

pub use borrower_repository::BorrowerRepository;
pub use content_store::{ArrivedContent, ContentStore};
pub use document_repository::{DocumentRepository, Intake, Listing};
pub use extractor::{Extracted, Extractor};
pub use storage::Storage;
pub use unit_of_work::{Repositories, UnitOfWork};
