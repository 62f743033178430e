//! The picture in the language of Mermaid, which READMEs render.

use super::{Picture, Style};

/// A subgraph per layer, the highest on top.
pub(crate) fn mermaid(picture: &Picture) -> String {
    let mut text = "flowchart TD\n".to_owned();
    let boxes = |layer: Option<usize>, indent: &str| -> String {
        let here = picture.boxes.iter().enumerate().filter(|(_, it)| it.layer == layer);
        here.map(|(at, it)| format!("{indent}n{at}[\"{}\"]\n", quoted(&it.label))).collect()
    };
    for (layer, title) in picture.layers.iter().enumerate() {
        let inner = boxes(Some(layer), "    ");
        if !inner.is_empty() {
            text += &format!("  subgraph l{layer}[\"{}\"]\n{inner}  end\n", quoted(title));
        }
    }
    text += &boxes(None, "  ");
    let mut styles = String::new();
    for (at, arrow) in picture.arrows.iter().enumerate() {
        let line = match arrow.style {
            Style::Plain | Style::Forbidden => "-->",
            Style::Breaker | Style::Test => "-.->",
        };
        if arrow.style == Style::Forbidden {
            styles += &format!("  linkStyle {at} stroke:red\n");
        }
        let label = if arrow.imports == 0 { String::new() } else { format!("|{}|", arrow.imports) };
        text += &format!("  n{} {line}{label} n{}\n", arrow.from, arrow.to);
    }
    text + &styles
}

fn quoted(text: &str) -> String {
    text.replace('"', "#quot;")
}
