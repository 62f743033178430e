//! What of a revision is done, as short checksums of its parts, so that an edit of a done part is found and named.

use crate::script::text::checksum;
use crate::{Stage, Step};

/// Hexadecimal digits of each part.
const DIGITS: usize = 8;

/// A part of a revision's progress.
struct Part<'s> {
    text: &'s str,
    line: usize,
}

/// The checksums of the first `done` parts of a step.
pub(crate) fn prefix(step: &Step, done: usize) -> String {
    parts(step).take(done).map(|part| digits(part.text)).collect()
}

/// The first done part that is not what it was, by its line; none if all are.
///
/// # Errors
/// If there are fewer parts than are done.
pub(crate) fn first_edited(step: &Step, prefix: &str) -> Result<Option<usize>, Missing> {
    let done = prefix.len() / DIGITS;
    if step.total() < done {
        return Err(Missing { done });
    }
    let known = (0..done).map(|index| prefix.get(index * DIGITS..(index + 1) * DIGITS).unwrap_or_default());
    Ok(parts(step).zip(known).find(|(part, known)| digits(part.text) != *known).map(|(part, _)| part.line))
}

/// There are fewer parts than are done.
pub(crate) struct Missing {
    pub(crate) done: usize,
}

fn parts(step: &Step) -> impl Iterator<Item = Part<'_>> {
    step.stages().iter().flat_map(|stage| -> Vec<Part<'_>> {
        match stage {
            Stage::Call { name, line, .. } => vec![Part { text: name, line: *line }],
            _ => stage
                .statements()
                .iter()
                .map(|statement| Part { text: statement.text(), line: statement.line() })
                .collect(),
        }
    })
}

/// Of a whole checksum the digits behind its name are taken.
fn digits(text: &str) -> String {
    checksum(text).split(':').nth(1).and_then(|digits| digits.get(..DIGITS)).unwrap_or_default().to_owned()
}
