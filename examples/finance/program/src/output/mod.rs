//! What the program prints: data on standard output, everything else on standard error.

mod json;
mod listing;
mod message;
mod moment;
mod paint;
mod visible;

use json::JsonArray;
pub(crate) use listing::{Column, Listing};
pub(crate) use message::{answer, line, next_page, note, tell};
pub(crate) use moment::{precise, readable};
pub(crate) use paint::Paint;
pub(crate) use visible::visible;
