//! How the types of the domain become rows, and rows become them.

mod borrower;
mod document;
mod number;
mod parts;

pub(crate) use document::label_of;
pub use number::{KEYS, number_column};
