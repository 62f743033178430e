//! Reading cars from a file: line by line, in bounded memory, with nothing lost and every refusal named.

mod columns;
mod csv;
mod lines;
mod parser;
mod place;
mod progress;
mod reason;
mod record;

pub(crate) use csv::Records;
pub(crate) use place::Source;
pub(crate) use progress::Progress;
pub(crate) use reason::Reason;
pub(crate) use record::Record;
