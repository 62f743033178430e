//! The picture as SVG, without any other program.

use super::{
    Picture, Style,
    layout::{HEIGHT, layout},
};

/// Boxes in rows, a band per layer.
pub(crate) fn svg(picture: &Picture) -> String {
    let plan = layout(picture);
    let mut text = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{:.0}\" height=\"{:.0}\" font-family=\"sans-serif\" \
         font-size=\"13\">\n<defs>\n",
        plan.width, plan.height
    );
    for (name, colour) in [("dark", "#555"), ("red", "#c00")] {
        text += &format!(
            "<marker id=\"{name}\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" markerWidth=\"7\" markerHeight=\"7\" \
             orient=\"auto\"><path d=\"M0 0 8 4 0 8z\" fill=\"{colour}\"/></marker>\n"
        );
    }
    text += "</defs>\n<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n";
    for (layer, title) in picture.layers.iter().enumerate() {
        let inside = picture.boxes.iter().zip(&plan.places).filter(|(it, _)| it.layer == Some(layer));
        let tops: Vec<f64> = inside.map(|(_, place)| place.y).collect();
        let (top, bottom) =
            tops.iter().fold((f64::MAX, f64::MIN), |(low, high), y| (low.min(*y), high.max(*y)));
        if top <= bottom {
            text += &format!(
                "<rect x=\"8\" y=\"{:.0}\" width=\"{:.0}\" height=\"{:.0}\" rx=\"6\" fill=\"#f2f4f8\" \
                 stroke=\"#d5dae3\"/>\n<text x=\"18\" y=\"{:.0}\" fill=\"#667\">{}</text>\n",
                top - 12.0,
                plan.width - 16.0,
                bottom - top + HEIGHT + 24.0,
                top + 8.0,
                escaped(title)
            );
        }
    }
    for arrow in &picture.arrows {
        let (from, to) = (plan.places[arrow.from], plan.places[arrow.to]);
        let (x1, x2) = (from.x + from.width / 2.0, to.x + to.width / 2.0);
        let (y1, y2) = if from.y < to.y { (from.y + HEIGHT, to.y) } else { (from.y, to.y + HEIGHT) };
        let middle = (y1 + y2) / 2.0;
        let (colour, marker, dash) = match arrow.style {
            Style::Plain => ("#555", "dark", ""),
            Style::Forbidden => ("#c00", "red", ""),
            Style::Breaker => ("#555", "dark", " stroke-dasharray=\"6 4\""),
            Style::Test => ("#555", "dark", " stroke-dasharray=\"2 3\""),
        };
        text += &format!(
            "<path d=\"M{x1:.0} {y1:.0}C{x1:.0} {middle:.0} {x2:.0} {middle:.0} {x2:.0} {y2:.0}\" fill=\"none\" \
             stroke=\"{colour}\"{dash} marker-end=\"url(#{marker})\"/>\n"
        );
        if arrow.imports > 0 {
            text += &format!(
                "<text x=\"{:.0}\" y=\"{middle:.0}\" font-size=\"10\" fill=\"{colour}\">{}</text>\n",
                (x1 + x2) / 2.0 + 3.0,
                arrow.imports
            );
        }
    }
    for (it, place) in picture.boxes.iter().zip(&plan.places) {
        text += &format!(
            "<rect x=\"{:.0}\" y=\"{:.0}\" width=\"{:.0}\" height=\"{HEIGHT:.0}\" rx=\"4\" fill=\"white\" \
             stroke=\"#345\"/>\n<text x=\"{:.0}\" y=\"{:.0}\" text-anchor=\"middle\">{}</text>\n",
            place.x,
            place.y,
            place.width,
            place.x + place.width / 2.0,
            place.y + 21.0,
            escaped(&it.label)
        );
    }
    text + "</svg>\n"
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
