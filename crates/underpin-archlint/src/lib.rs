//! An architecture linter.
mod baseline;
mod check;
mod config;
mod contract;
mod error;
mod graph;
mod project;
mod report;
mod resolve;
mod source;
mod tree;
mod workspace;

pub use check::check;
pub use error::{Error, Problem, Result};
pub use graph::{Context, Edge, EdgeKind, Graph, Hop, Node, NodeKind, Reach};
pub use project::{read_graph, read_graph_afresh};
pub use report::{Report, ReportFormat};
