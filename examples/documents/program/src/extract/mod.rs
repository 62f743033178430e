//! Reading files that come from anywhere. Each is read in a process of its own, with a bound on its time and memory:
//! whatever a hostile file does to its reader, it does to nobody else.

mod docx;
mod image;
mod limit;
mod pdf;
mod process;
mod reader;

pub(crate) use process::Readers;
pub(crate) use reader::read_standard_input;

/// The most bytes of text that are looked at in a file, many times what is kept.
const MOST_TEXT: usize = 8 << 20;
