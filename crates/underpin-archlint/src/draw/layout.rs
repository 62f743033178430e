//! Places for the boxes of a picture: rows from top to bottom, few crossings.

use std::collections::{BTreeMap, BTreeSet};

use crate::graph::feedback;

use super::Picture;

/// A box's place, in pixels.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Place {
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) width: f64,
}

/// Height of a box.
pub(super) const HEIGHT: f64 = 32.0;
const GAP: f64 = 24.0;
const ROW: f64 = 96.0;
/// Average width of a character of the font.
const CHARACTER: f64 = 7.5;
/// More boxes than this in a row are put on several.
const MOST_IN_ROW: usize = 8;

/// Where everything is.
pub(super) struct Layout {
    pub(super) places: Vec<Place>,
    pub(super) width: f64,
    pub(super) height: f64,
}

/// Lays a picture out.
pub(super) fn layout(picture: &Picture) -> Layout {
    let mut rows = rows(picture);
    untangle(picture, &mut rows);
    let rows: Vec<Vec<usize>> =
        rows.iter().flat_map(|row| row.chunks(MOST_IN_ROW).map(<[usize]>::to_vec)).collect();
    let width_of = |at: usize| {
        16.0 + CHARACTER * f64::from(u32::try_from(picture.boxes[at].label.chars().count()).unwrap_or(0))
    };
    let row_width = |row: &Vec<usize>| row.iter().map(|at| width_of(*at) + GAP).sum::<f64>() + GAP;
    let width = rows.iter().map(row_width).fold(0.0, f64::max) + 160.0;
    let mut places = vec![Place::default(); picture.boxes.len()];
    let mut y = GAP;
    for row in &rows {
        let mut x = 160.0 + (width - 160.0 - row_width(row)) / 2.0 + GAP;
        for at in row {
            places[*at] = Place { x, y, width: width_of(*at) };
            x += width_of(*at) + GAP;
        }
        y += ROW;
    }
    Layout { places, width, height: y - ROW + HEIGHT + GAP }
}

/// Rows by layer, and inside a layer by the longest way down.
fn rows(picture: &Picture) -> Vec<Vec<usize>> {
    let weights: BTreeMap<(usize, usize), usize> =
        picture.arrows.iter().map(|arrow| ((arrow.from, arrow.to), arrow.imports.max(1))).collect();
    let cut = feedback(&weights);
    let down: Vec<(usize, usize)> = weights.keys().filter(|pair| !cut.contains(pair)).copied().collect();
    let mut depth = vec![0_usize; picture.boxes.len()];
    for _ in 0..picture.boxes.len() {
        let mut changed = false;
        for (from, to) in &down {
            if depth[*to] < depth[*from] + 1 {
                depth[*to] = depth[*from] + 1;
                changed = true;
            }
        }
        if !changed {
            break;
        }
    }
    let key = |at: usize| (picture.boxes[at].layer.unwrap_or(usize::MAX), depth[at]);
    let keys: BTreeSet<(usize, usize)> = (0..picture.boxes.len()).map(key).collect();
    keys.iter().map(|wanted| (0..picture.boxes.len()).filter(|at| key(*at) == *wanted).collect()).collect()
}

/// Orders each row by the average place of what its boxes are joined to, a few times down and up.
fn untangle(picture: &Picture, rows: &mut [Vec<usize>]) {
    let mut neighbours: Vec<Vec<usize>> = vec![Vec::new(); picture.boxes.len()];
    for arrow in &picture.arrows {
        neighbours[arrow.from].push(arrow.to);
        neighbours[arrow.to].push(arrow.from);
    }
    let number = |count: usize| f64::from(u32::try_from(count).unwrap_or(u32::MAX));
    let mut place: Vec<f64> = vec![0.0; picture.boxes.len()];
    for _ in 0..4 {
        for row in rows.iter_mut() {
            for (at, it) in row.iter().enumerate() {
                place[*it] = number(at) - number(row.len()) / 2.0;
            }
        }
        for row in rows.iter_mut() {
            let average = |it: &usize| {
                let all = &neighbours[*it];
                let sum: f64 = all.iter().map(|other| place[*other]).sum();
                if all.is_empty() { place[*it] } else { sum / number(all.len()) }
            };
            row.sort_by(|a, b| average(a).total_cmp(&average(b)).then(a.cmp(b)));
            for (at, it) in row.iter().enumerate() {
                place[*it] = number(at) - number(row.len()) / 2.0;
            }
        }
    }
}
