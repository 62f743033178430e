//! What else is said of an item, as JSON of free form.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use serde_json::{Map, Value};
use teams_domain::{Attribute, Attributes, InvalidAttributes};

pub(super) fn to_json(attributes: &Attributes) -> Value {
    object(attributes.as_map())
}

fn object(map: &BTreeMap<String, Attribute>) -> Value {
    Value::Object(map.iter().map(|(name, value)| (name.clone(), value_of(value))).collect())
}

fn value_of(attribute: &Attribute) -> Value {
    match attribute {
        Attribute::Nothing => Value::Null,
        Attribute::Flag(flag) => (*flag).into(),
        Attribute::Number(number) => (*number).into(),
        Attribute::Text(text) => text.as_str().into(),
        Attribute::List(list) => list.iter().map(value_of).collect(),
        Attribute::Map(map) => object(map),
    }
}

/// The attributes of a JSON object.
///
/// # Errors
/// If a number is not whole, or they are not within bounds.
pub(crate) fn of_json(object: Map<String, Value>) -> Result<Attributes, Unfit> {
    Attributes::try_from(map_of(object)?).map_err(Unfit::Bounds)
}

fn map_of(object: Map<String, Value>) -> Result<BTreeMap<String, Attribute>, Unfit> {
    object.into_iter().map(|(name, value)| Ok((name, attribute_of(value)?))).collect()
}

fn attribute_of(json: Value) -> Result<Attribute, Unfit> {
    Ok(match json {
        Value::Null => Attribute::Nothing,
        Value::Bool(flag) => Attribute::Flag(flag),
        Value::Number(number) => Attribute::Number(number.as_i64().ok_or(Unfit::Number)?),
        Value::String(text) => Attribute::Text(text),
        Value::Array(list) => Attribute::List(list.into_iter().map(attribute_of).collect::<Result<_, _>>()?),
        Value::Object(map) => Attribute::Map(map_of(map)?),
    })
}

/// Why a JSON document is not what can be said of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unfit {
    /// It is not a JSON object.
    NoObject,
    /// A number in it is not whole, or too large.
    Number,
    /// It is not within bounds.
    Bounds(InvalidAttributes),
}

impl fmt::Display for Unfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoObject => f.write_str("it is not a JSON object such as {\"tier\": 1}"),
            Self::Number => f.write_str("numbers are whole and of 64 bits; say others as text"),
            Self::Bounds(why) => why.fmt(f),
        }
    }
}

impl std::error::Error for Unfit {}

/// Attributes as somebody writes them on a command line.
#[derive(Debug, Clone)]
pub(crate) struct AttributesText(pub(crate) Attributes);

impl FromStr for AttributesText {
    type Err = Unfit;

    fn from_str(text: &str) -> Result<Self, Unfit> {
        let object = serde_json::from_str(text).map_err(|_| Unfit::NoObject)?;
        of_json(object).map(Self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_that_json_has_comes_back() {
        let text = r#"{"a":null,"b":true,"c":-9223372036854775808,"d":"ä","e":[1,[],{"f":{}}]}"#;
        let AttributesText(attributes) = text.parse().expect("a JSON object");
        assert_eq!(to_json(&attributes).to_string(), text);
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        for (text, why) in [
            ("", Unfit::NoObject),
            ("[]", Unfit::NoObject),
            ("{\"a\": 1.5}", Unfit::Number),
            ("{\"a\": [{\"b\": 9223372036854775808}]}", Unfit::Number),
            ("{\"a\": \"\\u0000\"}", Unfit::Bounds(InvalidAttributes::Zero)),
        ] {
            assert_eq!(text.parse::<AttributesText>().err(), Some(why), "{text}");
        }
    }
}
