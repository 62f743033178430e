//! From pending changes to an ordered list of groups: a pure function whose result is a value.
//!
//! Changes are grouped by table, operation and column set. Two kinds of edges order them: a row is written after the
//! row that its foreign key names and deleted before it (and the reverse), and a unique value is taken after the row
//! that held it has let it go. Without edges, which is the common case, groups simply stand in rank order. A cycle is
//! broken by one statement more: a unique value is parked, or a nullable foreign key is set later.

mod change;
mod cycle;
mod display;
mod edges;
mod group;
mod order;
mod park;
mod rows;
#[cfg(test)]
mod tests;

pub use change::{Change, PlanTable, Wait};
pub use group::{FlushPlan, PlannedGroup, PlannedRow};
pub use order::plan;
pub(crate) use rows::GroupRows;
