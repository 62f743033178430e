//! Reading addresses from a file: line by line, in bounded memory, with nothing lost and every refusal named.

mod csv;
mod json_lines;
mod lines;
mod parser;
mod place;
mod progress;
mod reason;
mod record;
mod seen;

pub(crate) use place::Source;
pub(crate) use progress::Progress;
pub(crate) use reason::Reason;
pub(crate) use record::{Record, Records};
pub(crate) use seen::Seen;
