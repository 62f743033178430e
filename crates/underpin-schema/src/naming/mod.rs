//! How constraints and indexes are named where the definition gives no name.

mod convention;
mod limit;
mod subject;
mod template;

pub use convention::NamingConvention;
pub use subject::Subject;

pub(crate) use limit::{checked, fit, limit};
pub(crate) use subject::Kind;
