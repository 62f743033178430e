//! The picture in the language of Graphviz.

use super::{Picture, Style};

/// A cluster per layer, the highest on top.
pub(crate) fn dot(picture: &Picture) -> String {
    let mut text =
        "digraph architecture {\n  rankdir = TB;\n  node [shape = box, fontname = \"sans-serif\"];\n"
            .to_owned();
    let boxes = |layer: Option<usize>, indent: &str| -> String {
        let here = picture.boxes.iter().enumerate().filter(|(_, it)| it.layer == layer);
        here.map(|(at, it)| format!("{indent}n{at} [label = {:?}];\n", it.label)).collect()
    };
    for (layer, title) in picture.layers.iter().enumerate() {
        let inner = boxes(Some(layer), "    ");
        if !inner.is_empty() {
            text += &format!("  subgraph cluster_{layer} {{\n    label = {title:?};\n{inner}  }}\n");
        }
    }
    text += &boxes(None, "  ");
    for arrow in &picture.arrows {
        let style = match arrow.style {
            Style::Plain => "",
            Style::Forbidden => ", color = red",
            Style::Breaker => ", style = dashed",
            Style::Test => ", style = dotted",
        };
        let label = if arrow.imports == 0 { String::new() } else { arrow.imports.to_string() };
        text += &format!("  n{} -> n{} [label = \"{}\"{style}];\n", arrow.from, arrow.to, label);
    }
    text + "}\n"
}
