//! What documents and borrowers look like as JSON, on the command line and over HTTP alike.

mod borrower;
mod document;
mod object;
mod offered;

pub(crate) use borrower::BorrowerShape;
pub(crate) use document::{DocumentShape, ReadDocumentShape};
pub(crate) use object::Object;
pub(crate) use offered::OfferedBorrower;
