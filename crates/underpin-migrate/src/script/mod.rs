//! The format of a revision file: text in, value out, no input or output.

mod batch;
mod body;
mod control;
mod error;
pub(crate) mod grammar;
mod header;
pub(crate) mod identifier;
pub(crate) mod lexer;
mod marker;
mod plain;
mod revision;
mod section;
mod split;
mod statement;
pub(crate) mod text;
mod time;

pub use batch::Batch;
pub use error::ScriptError;
pub(crate) use plain::PlainSection;
pub use plain::statements;
pub use revision::Revision;
pub use section::{Direction, Section, SectionBody};
pub use statement::Statement;
pub use time::UtcTime;
