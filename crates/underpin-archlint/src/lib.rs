//! An architecture linter for Rust: contracts about who may import whom, judged from the source.
//!
//! Exists apart, and depends on no other crate of Underpin, so that any workspace can be held to its
//! architecture by a test of one line:
//!
//! ```no_run
//! underpin_archlint::assert_kept!("archlint.toml");
//! ```
//!
//! The way of every command: `cargo metadata` names packages and targets; each file is parsed into facts,
//! which are kept for the next run; declarations mount the files as modules; names are resolved through
//! imports, globs and re-exports; the result is a [`Graph`] of who names whom and where. Contracts are
//! questions to the graph. Nothing is compiled.
//!
//! What the text does not say is not found: code that derives and procedural macros make, and methods of
//! values whose type is never named. The edges between crates, which the manifests declare, and the contract
//! `derives` stand in for them. All branches of `cfg` are read; what is compiled for tests only is told apart.
//!
//! A chain of imports goes through a module only by what the module's own code does: a re-export leads to
//! the definition behind it, not to everything else that is re-exported beside it.
//!
//! | contract | says |
//! | --- | --- |
//! | `layers` | higher ones may import lower ones, never the other way round |
//! | `forbidden` | some modules must not reach some others, or some crates |
//! | `independence` | none of some modules reaches another |
//! | `protected` | only some modules may import some others straight |
//! | `acyclic` | modules inside a module do not import each other in circles |
//! | `externals` | which crates and parts of the standard library some modules may name |
//! | `derives` | which derives some modules may use |
//! | `surface` | whose types may not stand in public signatures |
//! | `interface` | only these names of a module may be used from outside |
//!
//! Whatever keeps a contract from being judged is an [`Error`], never silence: an unknown key, a module that
//! is not there, an exception that matches nothing, a file that cannot be parsed.

#[cfg(feature = "cli")]
mod arguments;
mod assert;
mod baseline;
mod check;
pub mod cli;
mod config;
mod contract;
mod draw;
mod error;
mod graph;
mod init;
mod project;
mod report;
mod resolve;
mod source;
mod tree;
mod why;
mod workspace;

#[cfg(feature = "cli")]
pub use arguments::answer;
pub use check::check;
pub use error::{Error, Problem, Result};
pub use graph::{Context, Edge, EdgeKind, Graph, Hop, Node, NodeKind, Reach};
pub use project::{read_graph, read_graph_afresh};
pub use report::{Report, ReportFormat};
