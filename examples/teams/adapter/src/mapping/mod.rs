//! How the types of the domain become rows, and rows become them.

mod attributes;
mod catalog_item;
mod team;
mod user;

pub(crate) use catalog_item::label_of;
