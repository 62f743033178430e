//! Statements: SQL text that is rendered once, with what its parameters and columns are.

mod cache;
mod combine;
mod predicate;
mod quote;
mod select;
mod shape;
mod text;
mod write;

pub use cache::TableStatements;
pub use combine::combine;
pub use quote::quote;
pub use select::{Bound, ReadStatement, render_select};
pub use shape::{ParamShape, Shape, Statement, WriteStatement};
pub(crate) use text::Text;
