//! What else is said of an item, in free form.

use std::collections::BTreeMap;

/// What else is said of an item: a value for each name, in the order of the names.
pub type Attributes = BTreeMap<String, Attribute>;

/// A value of free form. Numbers are whole, so that all that reads them reads the same; others are said as text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Attribute {
    /// That there is none.
    Nothing,
    /// Yes or no.
    Flag(bool),
    /// A whole number.
    Number(i64),
    /// Text.
    Text(String),
    /// Several values.
    List(Vec<Attribute>),
    /// Values with names.
    Map(Attributes),
}
