//! A query written by hand: a text of the program, and parameters that are bound.

use underpin_core::{Error, Result};
use underpin_schema::{StatementSlots, TableDef};

use super::{Select, Tree};

/// SQL of the program itself with its parameters. `$1` is the first, on every database.
#[derive(Debug, Clone)]
pub struct Written {
    /// The text. It is a part of the program, so that no value can get into it.
    pub text: &'static str,
    /// The parameters.
    pub params: Vec<Tree>,
}

/// What a query by hand reads is known to its text alone.
static BY_HAND: TableDef = TableDef {
    name: "(sql)",
    schema: None,
    comment: None,
    renamed_from: None,
    columns: &[],
    primary_key: &[],
    uniques: &[],
    indexes: &[],
    checks: &[],
    foreign_keys: &[],
    excludes: &[],
    statements: StatementSlots::new(),
};

impl Select {
    /// A query by hand that gives these columns.
    pub(crate) fn written(text: &'static str, columns: Vec<Tree>) -> Self {
        let mut select = Self::new(&BY_HAND);
        select.columns = columns;
        select.written = Some(Written { text, params: Vec::new() });
        select
    }
}

/// A part of a text.
pub(crate) enum Part<'a> {
    /// As it stands.
    Text(&'a str),
    /// A parameter, counted from 0.
    Param(usize),
}

impl Written {
    /// The text, with its parameters found: not in quotes, not in comments.
    ///
    /// # Errors
    /// If a parameter is not bound, or one that is bound is not in the text.
    pub(crate) fn parts(&self) -> Result<Vec<Part<'static>>> {
        let text = self.text;
        let bytes = text.as_bytes();
        let (mut parts, mut from, mut at) = (Vec::new(), 0, 0);
        let mut used = vec![false; self.params.len()];
        while let Some(byte) = bytes.get(at) {
            let rest = &text[at..];
            let skip = match byte {
                b'\'' | b'"' => quoted(&bytes[at..], *byte),
                b'-' if rest.starts_with("--") => rest.find('\n').unwrap_or(rest.len()),
                b'/' if rest.starts_with("/*") => rest.find("*/").map_or(rest.len(), |end| end + 2),
                b'$' => {
                    let digits = rest[1..].bytes().take_while(u8::is_ascii_digit).count();
                    if digits > 0 {
                        let number: usize = rest[1..=digits].parse().unwrap_or(0);
                        let index = number.checked_sub(1).filter(|index| *index < used.len());
                        let index = index.ok_or_else(|| unbound(number))?;
                        used[index] = true;
                        parts.extend([Part::Text(&text[from..at]), Part::Param(index)]);
                        from = at + 1 + digits;
                    }
                    1 + digits
                }
                _ => 1,
            };
            at += skip;
        }
        parts.push(Part::Text(&text[from..]));
        match used.iter().position(|used| !used) {
            Some(index) => Err(Error::usage(
                format!("the SQL by hand has no ${}, but a value is bound to it", index + 1),
                "bind as many values as the text has parameters",
            )),
            None => Ok(parts),
        }
    }
}

/// The length of what stands in quotes; a quote in it is doubled, which looks like two texts side by side.
fn quoted(bytes: &[u8], quote: u8) -> usize {
    bytes.iter().skip(1).position(|byte| *byte == quote).map_or(bytes.len(), |end| end + 2)
}

fn unbound(number: usize) -> Error {
    Error::usage(
        format!("the SQL by hand has ${number}, but no value is bound to it"),
        "call `.bind(value)` once for each parameter, in their order",
    )
}
