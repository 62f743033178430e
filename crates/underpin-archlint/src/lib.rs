//! An architecture linter.
mod error;
mod graph;
mod resolve;
mod source;
mod tree;
mod workspace;
pub use error::{Error, Problem, Result};
pub use graph::*;

/// Measures.
pub fn probe(manifest: &std::path::Path, cached: bool) -> Result<Graph> {
    let workspace = workspace::read(manifest)?;
    let mut cache = if cached { tree::Cache::open(&workspace.target) } else { tree::Cache::none() };
    let t = std::time::Instant::now();
    let tree = tree::load(&workspace, &mut cache)?;
    let a = t.elapsed();
    cache.close();
    let b = t.elapsed();
    let g = resolve::resolve(&workspace, tree);
    let c = t.elapsed();
    eprintln!("load {a:?} close {b:?} resolve {c:?} lines {} nodes {} edges {}", g.lines, g.nodes.len(), g.edges.len());
    Ok(g)
}
