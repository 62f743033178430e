//! What else is said of an item, as JSON.

use std::collections::BTreeMap;

use serde_json::Value;
use teams_domain::{Attribute, Attributes};
use underpin::MappingError;

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

pub(super) fn of_json(json: Value) -> Result<Attributes, MappingError> {
    Ok(Attributes::try_from(map_of(json)?)?)
}

fn map_of(json: Value) -> Result<BTreeMap<String, Attribute>, MappingError> {
    match json {
        Value::Object(map) => map.into_iter().map(|(name, value)| Ok((name, attribute_of(value)?))).collect(),
        _ => Err(MappingError::new("the attributes are no JSON object")),
    }
}

fn attribute_of(json: Value) -> Result<Attribute, MappingError> {
    Ok(match json {
        Value::Null => Attribute::Nothing,
        Value::Bool(flag) => Attribute::Flag(flag),
        Value::Number(number) => {
            let whole = number.as_i64();
            Attribute::Number(whole.ok_or(MappingError::new("a number among the attributes is not whole"))?)
        }
        Value::String(text) => Attribute::Text(text),
        Value::Array(list) => Attribute::List(list.into_iter().map(attribute_of).collect::<Result<_, _>>()?),
        Value::Object(_) => Attribute::Map(map_of(json)?),
    })
}
