//! What must hold on every target, one topic a file. A case gets an empty database with the suite's tables.

pub mod aggregates;
pub mod bulk;
pub mod constraints;
pub mod events;
pub mod generated;
pub mod identity;
pub mod isolation;
pub mod queries;
pub mod reads;
pub mod rows;
pub mod savepoints;
pub mod types;
pub mod values;
pub mod versions;
