//! Reading JSON so that a struct is an object and nothing else.
//!
//! What serde derives for a struct takes an array of its fields too, in their order: `["Ana", "ana@example.org"]` for
//! `{"name": .., "email": ..}`. No document of an interface says so, and a field that is added would change what such an
//! array means.

use std::fmt;

use serde::de::{
    DeserializeSeed, Deserializer, EnumAccess, Error, MapAccess, SeqAccess, Unexpected, Visitor,
};

/// Reads from another deserializer, and refuses an array where a struct is asked for, at any depth.
pub(super) struct Objects<D>(pub(super) D);

/// Hands on what is read, and knows whether a struct was asked for.
struct Watched<V> {
    visitor: V,
    is_struct: bool,
}

/// A part of what is read, which is read in the same way.
struct Within<T>(T);

macro_rules! ask {
    ($($method:ident($($argument:ident: $ty:ty),*),)+) => {
        $(fn $method<V: Visitor<'de>>(self, $($argument: $ty,)* visitor: V) -> Result<V::Value, D::Error> {
            self.0.$method($($argument,)* Watched { visitor, is_struct: false })
        })+
    };
}

impl<'de, D: Deserializer<'de>> Deserializer<'de> for Objects<D> {
    type Error = D::Error;

    ask! {
        deserialize_any(),
        deserialize_bool(),
        deserialize_i8(),
        deserialize_i16(),
        deserialize_i32(),
        deserialize_i64(),
        deserialize_i128(),
        deserialize_u8(),
        deserialize_u16(),
        deserialize_u32(),
        deserialize_u64(),
        deserialize_u128(),
        deserialize_f32(),
        deserialize_f64(),
        deserialize_char(),
        deserialize_str(),
        deserialize_string(),
        deserialize_bytes(),
        deserialize_byte_buf(),
        deserialize_option(),
        deserialize_unit(),
        deserialize_unit_struct(name: &'static str),
        deserialize_newtype_struct(name: &'static str),
        deserialize_seq(),
        deserialize_tuple(len: usize),
        deserialize_tuple_struct(name: &'static str, len: usize),
        deserialize_map(),
        deserialize_enum(name: &'static str, variants: &'static [&'static str]),
        deserialize_identifier(),
        deserialize_ignored_any(),
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        self.0.deserialize_struct(name, fields, Watched { visitor, is_struct: true })
    }

    fn is_human_readable(&self) -> bool {
        self.0.is_human_readable()
    }
}

macro_rules! hand_on {
    ($($method:ident($ty:ty),)+) => {
        $(fn $method<E: Error>(self, value: $ty) -> Result<V::Value, E> {
            self.visitor.$method(value)
        })+
    };
}

impl<'de, V: Visitor<'de>> Visitor<'de> for Watched<V> {
    type Value = V::Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.visitor.expecting(f)
    }

    hand_on! {
        visit_bool(bool),
        visit_i64(i64),
        visit_i128(i128),
        visit_u64(u64),
        visit_u128(u128),
        visit_f64(f64),
        visit_char(char),
        visit_str(&str),
        visit_borrowed_str(&'de str),
        visit_string(String),
        visit_bytes(&[u8]),
        visit_borrowed_bytes(&'de [u8]),
        visit_byte_buf(Vec<u8>),
    }

    fn visit_none<E: Error>(self) -> Result<V::Value, E> {
        self.visitor.visit_none()
    }

    fn visit_unit<E: Error>(self) -> Result<V::Value, E> {
        self.visitor.visit_unit()
    }

    fn visit_some<D: Deserializer<'de>>(self, from: D) -> Result<V::Value, D::Error> {
        self.visitor.visit_some(Objects(from))
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, from: D) -> Result<V::Value, D::Error> {
        self.visitor.visit_newtype_struct(Objects(from))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, elements: A) -> Result<V::Value, A::Error> {
        if self.is_struct {
            return Err(A::Error::invalid_type(Unexpected::Seq, &self));
        }
        self.visitor.visit_seq(Within(elements))
    }

    fn visit_map<A: MapAccess<'de>>(self, entries: A) -> Result<V::Value, A::Error> {
        self.visitor.visit_map(Within(entries))
    }

    /// What is in a variant is read as it always was: an enum with fields says itself what is an array.
    fn visit_enum<A: EnumAccess<'de>>(self, variant: A) -> Result<V::Value, A::Error> {
        self.visitor.visit_enum(variant)
    }
}

impl<'de, A: SeqAccess<'de>> SeqAccess<'de> for Within<A> {
    type Error = A::Error;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, A::Error> {
        self.0.next_element_seed(Within(seed))
    }

    fn size_hint(&self) -> Option<usize> {
        self.0.size_hint()
    }
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for Within<A> {
    type Error = A::Error;

    /// A name is text, whatever it is a name for.
    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, A::Error> {
        self.0.next_key_seed(seed)
    }

    fn next_value_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<T::Value, A::Error> {
        self.0.next_value_seed(Within(seed))
    }

    fn size_hint(&self) -> Option<usize> {
        self.0.size_hint()
    }
}

impl<'de, T: DeserializeSeed<'de>> DeserializeSeed<'de> for Within<T> {
    type Value = T::Value;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<T::Value, D::Error> {
        self.0.deserialize(Objects(from))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde::Deserialize;
    use serde_json::{Value, json};

    use super::*;

    #[derive(Debug, PartialEq, Deserialize)]
    struct Price {
        amount: i64,
        currency: Option<String>,
    }

    #[derive(Debug, PartialEq, Deserialize)]
    struct Named(Price);

    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(rename_all = "lowercase")]
    enum Kind {
        Plain,
        Pair(i64, i64),
    }

    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Order {
        first: Price,
        others: Vec<Price>,
        named: BTreeMap<String, Named>,
        last: Option<Price>,
        kinds: Vec<Kind>,
        pair: (u8, f64),
        free: Value,
    }

    fn read(document: &Value) -> Result<Order, serde_json::Error> {
        let text = document.to_string();
        let mut from = serde_json::Deserializer::from_str(&text);
        Order::deserialize(Objects(&mut from))
    }

    fn order() -> Value {
        json!({
            "first": { "amount": 1, "currency": null },
            "others": [{ "amount": -2, "currency": "MXN" }],
            "named": { "a": { "amount": 3 } },
            "last": { "amount": 4 },
            "kinds": ["plain", { "pair": [1, 2] }],
            "pair": [1, 0.5],
            "free": [{ "a": [null, true, "text", 1.5] }],
        })
    }

    #[test]
    fn everything_is_read_as_without_it() {
        let direct: Order = serde_json::from_value(order()).unwrap();
        assert_eq!(read(&order()).unwrap(), direct);
    }

    #[test]
    fn an_array_is_no_struct_wherever_it_stands() {
        let price = json!([1, "MXN"]);
        for (place, value) in [
            ("/first", price.clone()),
            ("/others", json!([price])),
            ("/named", json!({ "a": price })),
            ("/last", price.clone()),
            ("", json!([order()["first"], [], {}, null, [], [1, 0.5], null])),
        ] {
            let mut document = order();
            *document.pointer_mut(place).unwrap() = value;
            let error = read(&document).unwrap_err().to_string();
            assert!(error.starts_with("invalid type: sequence, expected struct"), "{place}: {error}");
        }
    }
}
