//! What else is said of an item, in free form.

use std::collections::BTreeMap;
use std::fmt;

/// What else is said of an item: a value for each name, in the order of the names.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Attributes(BTreeMap<String, Attribute>);

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
    Map(BTreeMap<String, Attribute>),
}

impl Attributes {
    /// How many lists and maps may be inside each other.
    pub const MAX_DEPTH: usize = 8;

    /// The most values that there may be, those in lists and maps included.
    pub const MAX_VALUES: usize = 500;

    /// The most characters of a name or a text.
    pub const MAX_CHARACTERS: usize = 2000;

    /// None.
    #[must_use]
    pub const fn new() -> Self {
        Self(BTreeMap::new())
    }

    /// Each by its name.
    #[must_use]
    pub fn as_map(&self) -> &BTreeMap<String, Attribute> {
        &self.0
    }
}

impl TryFrom<BTreeMap<String, Attribute>> for Attributes {
    type Error = InvalidAttributes;

    fn try_from(map: BTreeMap<String, Attribute>) -> Result<Self, InvalidAttributes> {
        let mut values = 0;
        check_map(&map, 0, &mut values)?;
        Ok(Self(map))
    }
}

fn check_map(
    map: &BTreeMap<String, Attribute>,
    depth: usize,
    values: &mut usize,
) -> Result<(), InvalidAttributes> {
    map.iter().try_for_each(|(name, value)| {
        check_text(name)?;
        check(value, depth, values)
    })
}

fn check(value: &Attribute, depth: usize, values: &mut usize) -> Result<(), InvalidAttributes> {
    *values += 1;
    if *values > Attributes::MAX_VALUES {
        return Err(InvalidAttributes::TooMany);
    }
    if depth >= Attributes::MAX_DEPTH && matches!(value, Attribute::List(_) | Attribute::Map(_)) {
        return Err(InvalidAttributes::TooDeep);
    }
    match value {
        Attribute::Nothing | Attribute::Flag(_) | Attribute::Number(_) => Ok(()),
        Attribute::Text(text) => check_text(text),
        Attribute::List(list) => list.iter().try_for_each(|value| check(value, depth + 1, values)),
        Attribute::Map(map) => check_map(map, depth + 1, values),
    }
}

fn check_text(text: &str) -> Result<(), InvalidAttributes> {
    if text.contains('\0') {
        return Err(InvalidAttributes::Zero);
    }
    match text.chars().nth(Attributes::MAX_CHARACTERS) {
        Some(_) => Err(InvalidAttributes::TooLong),
        None => Ok(()),
    }
}

/// Why attributes cannot be kept. It never repeats them, for they came from outside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum InvalidAttributes {
    /// Lists and maps are more than [`Attributes::MAX_DEPTH`] inside each other.
    TooDeep,
    /// There are more than [`Attributes::MAX_VALUES`].
    TooMany,
    /// A name or a text has more than [`Attributes::MAX_CHARACTERS`] characters.
    TooLong,
    /// A name or a text has the character zero, which a database cannot keep.
    Zero,
}

impl fmt::Display for InvalidAttributes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooDeep => {
                write!(f, "lists and maps are more than {} inside each other", Attributes::MAX_DEPTH)
            }
            Self::TooMany => write!(f, "there are more than {} values", Attributes::MAX_VALUES),
            Self::TooLong => {
                write!(f, "a name or a text has more than {} characters", Attributes::MAX_CHARACTERS)
            }
            Self::Zero => f.write_str("a name or a text has the character zero"),
        }
    }
}

impl std::error::Error for InvalidAttributes {}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(value: Attribute) -> Result<Attributes, InvalidAttributes> {
        Attributes::try_from(BTreeMap::from([("a".to_owned(), value)]))
    }

    fn nested(depth: usize) -> Attribute {
        (0..depth).fold(Attribute::Nothing, |inside, _| Attribute::List(vec![inside]))
    }

    #[test]
    fn the_bounds_hold() {
        let text = |characters| Attribute::Text("é".repeat(characters));
        let list = |values| Attribute::List(vec![Attribute::Flag(true); values]);
        assert!(of(nested(Attributes::MAX_DEPTH)).is_ok());
        assert_eq!(of(nested(Attributes::MAX_DEPTH + 1)), Err(InvalidAttributes::TooDeep));
        assert!(of(list(Attributes::MAX_VALUES - 1)).is_ok());
        assert_eq!(of(list(Attributes::MAX_VALUES)), Err(InvalidAttributes::TooMany));
        assert!(of(text(Attributes::MAX_CHARACTERS)).is_ok());
        assert_eq!(of(text(Attributes::MAX_CHARACTERS + 1)), Err(InvalidAttributes::TooLong));
    }

    #[test]
    fn the_character_zero_is_found_wherever_it_is() {
        let zero = || Attribute::Text("a\0".to_owned());
        let named = BTreeMap::from([("\0".to_owned(), Attribute::Nothing)]);
        for value in [zero(), Attribute::List(vec![zero()]), Attribute::Map(named)] {
            assert_eq!(of(value), Err(InvalidAttributes::Zero));
        }
    }
}
