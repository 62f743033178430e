//! Every construct of a query, one theme a file, against expected rows.

pub mod aggregate;
pub mod array;
pub mod by_hand;
pub mod choice;
pub mod compare;
pub mod distinct;
pub mod entity;
pub mod hostile;
pub mod join;
pub mod json;
pub mod null;
pub mod number;
pub mod page;
pub mod refused;
pub mod subquery;
pub mod text;
pub mod time;
pub mod union;
pub mod window;
