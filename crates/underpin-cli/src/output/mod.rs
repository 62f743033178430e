//! What the commands print: data on standard output, everything else on standard error.

mod document;
mod lines;
mod message;
mod paint;
mod table;

pub(crate) use document::document;
pub(crate) use lines::{line, text};
pub(crate) use message::{answer, note, tell};
pub(crate) use paint::Paint;
pub(crate) use table::Table;
