//! Pictures of the graph.

mod dot;
mod layout;
mod mermaid;
mod picture;
mod svg;

pub(crate) use dot::dot;
pub(crate) use mermaid::mermaid;
pub use picture::Level;
pub(crate) use picture::{Picture, Style};
pub(crate) use svg::svg;
