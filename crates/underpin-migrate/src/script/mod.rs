//! The format of a revision file: text in, value out, no input or output.

mod batch;
mod body;
mod error;
pub(crate) mod grammar;
mod header;
pub(crate) mod identifier;
pub(crate) mod lexer;
mod marker;
mod revision;
mod section;
mod split;
mod statement;
pub(crate) mod text;
mod time;

pub use batch::Batch;
pub use error::ScriptError;
pub use revision::Revision;
pub use section::{Direction, Section, SectionBody};
pub use statement::{Statement, statements};
pub use time::UtcTime;
