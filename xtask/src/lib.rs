//! The taste of this workspace as rules that tests can hold: `cargo test -p xtask`.
//!
//! A [`Workspace`] is read from disk once; each rule is a pure function from it to [`Finding`]s and has a
//! file of its own, with tests that plant what it must find. `tests/tidy.rs` holds the real tree to all of
//! them, `tests/architecture.rs` to the contracts of `archlint.toml`. Limits and exceptions are constants at the top of the rule's file; an exception says why, and one
//! that is no longer needed is a finding itself.

mod attribute;
mod feature_switches;
mod file_length;
mod finding;
mod hidden_docs;
mod macro_budget;
mod mask;
mod mirror;
mod module_names;
mod opening;
mod source;
mod workspace;

pub use feature_switches::feature_switches;
pub use file_length::file_length;
pub use finding::Finding;
pub use hidden_docs::hidden_docs;
pub use macro_budget::macro_budget;
pub use mirror::mirror;
pub use module_names::module_names;
pub use opening::opening;
pub use source::Source;
pub use workspace::{ReadError, Workspace};
