//! The identity map: what a unit of work knows of the rows that it has loaded or made.

mod key_index;
mod links;
mod map;
mod part_list;
mod table_set;
mod tracked;
mod tracked_rows;

pub(crate) use map::IdentityMap;
pub(crate) use table_set::{Known, TableSet};
pub(crate) use tracked::{State, Tracked};
pub(crate) use tracked_rows::{TrackedRows, erase};
