//! The forms of a report and of a picture.

use underpin_archlint::{
    ReportFormat,
    cli::{GraphFormat, Level, Request},
};

use crate::stage::Stage;

/// Layers with one import the wrong way, one for tests, a circle, and a name that wants escaping.
const PROJECT: &str = "
--- archlint.toml
[[contract]]
id = \"floors, 100%\"
type = \"layers\"
in = [\"shop\"]
layers = [\"top\", \"low : deep\"]
reason = \"Arrows <point> down.\"
hint = \"turn it \\\"round\\\"\"
[[contract]]
id = \"kept\"
type = \"independence\"
modules = [\"shop::top\", \"shop::deep\"]
ignore = [{ from = \"shop::top\", to = \"shop::low\", reason = \"a way through\" }]
--- src/lib.rs
pub mod top;
pub mod low;
pub mod deep;
--- src/top.rs
use crate::low::Low;
pub struct Top(Low);
--- src/low.rs
use crate::top::Top;
use crate::deep;
pub struct Low;
fn f() -> Top { deep::f() }
--- src/deep.rs
pub fn f<T>() -> T { loop {} }
fn g() { crate::low::f(); }
#[cfg(test)]
mod tests { use crate::top::Top; }
";

fn graph(format: GraphFormat, focus: Option<&str>) -> String {
    let focus = focus.map(str::to_owned);
    Stage::new(PROJECT).shown(&Request::Graph {
        config: None,
        format,
        level: Level::Module,
        focus,
        outline: false,
    })
}

#[test]
fn json() {
    insta::assert_snapshot!(Stage::new(PROJECT).check_as(ReportFormat::Json));
}

#[test]
fn sarif() {
    insta::assert_snapshot!(Stage::new(PROJECT).check_as(ReportFormat::Sarif));
}

#[test]
fn github() {
    insta::assert_snapshot!(Stage::new(PROJECT).check_as(ReportFormat::Github));
}

#[test]
fn text() {
    insta::assert_snapshot!(Stage::new(PROJECT).check());
}

#[test]
fn dot() {
    insta::assert_snapshot!(graph(GraphFormat::Dot, None));
}

#[test]
fn mermaid() {
    insta::assert_snapshot!(graph(GraphFormat::Mermaid, None));
}

#[test]
fn mermaid_of_a_focus() {
    insta::assert_snapshot!(graph(GraphFormat::Mermaid, Some("shop::deep::tests")));
}

#[test]
fn svg() {
    insta::assert_snapshot!(graph(GraphFormat::Svg, None));
}

/// The whole graph, for programs: nodes, edges with their lines, files.
#[test]
fn graph_json() {
    let text = graph(GraphFormat::Json, None);
    let json: serde_json::Value = serde_json::from_str(text.strip_suffix("exit 0").unwrap()).unwrap();
    let nodes = json["nodes"].as_array().unwrap();
    let at = |path: &str| nodes.iter().position(|node| node["path"] == path).unwrap();
    let (low, top) = (at("shop::low"), at("shop::top"));
    let edge = json["edges"].as_array().unwrap().iter().find(|edge| edge["from"] == low && edge["to"] == top);
    let edge = edge.unwrap();
    assert_eq!((&edge["kind"], &edge["line"], &edge["item"]), (&"use".into(), &1.into(), &"Top".into()));
}
