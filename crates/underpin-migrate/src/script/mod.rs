//! The format of a revision file: text in, value out, no input or output.

mod body;
mod error;
mod grammar;
mod header;
pub(crate) mod identifier;
mod lexer;
mod revision;
mod section;
mod split;
mod statement;
mod text;

pub use error::ScriptError;
pub use revision::Revision;
pub use section::{Direction, Section};
pub use statement::{Statement, statements};
