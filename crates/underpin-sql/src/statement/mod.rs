//! Statements: SQL text that is rendered once, with what its parameters and columns are.

mod cache;
mod change;
mod combine;
mod quote;
mod render;
mod select;
mod shape;
mod text;
mod tree;
mod write;

pub use cache::TableStatements;
pub use change::{ChangeStatement, render_change};
pub use combine::combine;
pub use quote::quote;
pub use render::{Bound, render_select};
pub use select::ReadStatement;
pub use shape::{ParamShape, Shape, Sought, Statement, WriteStatement};
pub(crate) use text::Text;
