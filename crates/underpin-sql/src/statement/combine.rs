//! Several writes as one statement, with common table expressions.

use super::WriteStatement;
use super::write::missing_row;

/// One statement for writes that give nothing back, in a dialect with array parameters: `WITH w1 AS (UPDATE ..), w2 AS
/// (INSERT ..) SELECT ..`. Parameters are counted through. A missing row fails with [`WriteStatement::STALE`] in the
/// message, followed by the write's number and the row's, both counted from 1, with a colon between.
///
/// The parts do not see each other's rows; foreign keys are checked at the end of the whole.
#[must_use]
pub fn combine(parts: &[&WriteStatement]) -> String {
    let checked = |part: &WriteStatement| part.body().len() < part.statement.text().len();
    let inserts_alone = !parts.iter().any(|part| checked(part));
    let mut text = String::new();
    let mut checks: Vec<String> = Vec::new();
    let mut before = 0;
    for (index, part) in parts.iter().enumerate() {
        let number = index + 1;
        if inserts_alone && number == parts.len() {
            text.push(' ');
            renumber(part.body(), before, &mut text);
            break;
        }
        text.push_str(&format!("{}w{number} AS (", if index == 0 { "WITH " } else { ", " }));
        renumber(part.body(), before, &mut text);
        text.push(')');
        if checked(part) {
            let check = missing_row(part.shape, &part.params, &format!("w{number}"), &format!("{number}:"));
            let mut renumbered = String::new();
            renumber(&check, before, &mut renumbered);
            checks.push(renumbered);
        }
        before += part.params.len();
    }
    if !checks.is_empty() {
        text.push(' ');
        text.push_str(&checks.join(" UNION ALL "));
    }
    text
}

/// Copies a statement with its parameters moved up; what stands in double quotes is a name.
fn renumber(part: &str, by: usize, into: &mut String) {
    let mut rest = part;
    let mut quoted = false;
    while let Some(at) = rest.find(['"', '$']) {
        into.push_str(&rest[..=at]);
        let mark = rest.as_bytes().get(at).copied();
        rest = &rest[at + 1..];
        if mark == Some(b'"') {
            quoted = !quoted;
        } else if !quoted {
            let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
            match rest[..end].parse::<usize>() {
                Ok(number) => into.push_str(&(number + by).to_string()),
                Err(_) => into.push_str(&rest[..end]),
            }
            rest = &rest[end..];
        }
    }
    into.push_str(rest);
}
