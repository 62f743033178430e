//! The pairs of a query, as a deserializer that knows which parameter it is at.

use std::borrow::Cow;
use std::num::{IntErrorKind, ParseIntError};
use std::str::FromStr;

use serde::Deserializer;
use serde::de::value::{MapDeserializer, StrDeserializer};
use serde::de::{DeserializeSeed, Error, IntoDeserializer, MapAccess, Visitor};
use serde::forward_to_deserialize_any;

use super::refused::Refused;

/// The pairs of a query.
pub(super) struct Pairs<'de> {
    rest: form_urlencoded::Parse<'de>,
    /// The pair whose name was read last, until its value is read.
    open: Option<(Cow<'de, str>, Cow<'de, str>)>,
}

impl<'de> Pairs<'de> {
    pub(super) fn of(query: &'de str) -> Self {
        Self { rest: form_urlencoded::parse(query.as_bytes()), open: None }
    }
}

impl<'de> Deserializer<'de> for Pairs<'de> {
    type Error = Refused;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refused> {
        visitor.visit_map(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refused> {
        visitor.visit_seq(MapDeserializer::new(self.rest.map(|(name, value)| (Text(name), Text(value)))))
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refused> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &str, visitor: V) -> Result<V::Value, Refused> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refused> {
        visitor.visit_unit()
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit_struct tuple
        tuple_struct map struct enum identifier ignored_any
    }
}

impl<'de> MapAccess<'de> for Pairs<'de> {
    type Error = Refused;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Refused> {
        let Some((name, value)) = self.rest.next() else { return Ok(None) };
        let key = seed.deserialize(Text(name.clone())).map_err(|refused| refused.of(&name))?;
        self.open = Some((name, value));
        Ok(Some(key))
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Refused> {
        let (name, value) = self.open.take().ok_or_else(|| Refused::custom("a value was read twice"))?;
        seed.deserialize(Text(value)).map_err(|refused| refused.of(&name))
    }
}

/// A name or a value.
struct Text<'de>(Cow<'de, str>);

impl<'de> IntoDeserializer<'de, Refused> for Text<'de> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

fn whole<N: FromStr<Err = ParseIntError>>(text: &str) -> Result<N, Refused> {
    text.parse().map_err(|why: ParseIntError| {
        Refused::custom(match why.kind() {
            IntErrorKind::PosOverflow => "it is too large",
            IntErrorKind::NegOverflow => "it is too small",
            _ => "it is no whole number",
        })
    })
}

fn number<N: FromStr>(text: &str) -> Result<N, Refused> {
    text.parse().map_err(|_| Refused::custom("it is no number"))
}

fn truth(text: &str) -> Result<bool, Refused> {
    text.parse().map_err(|_| Refused::custom("it is neither true nor false"))
}

macro_rules! parsed {
    ($($method:ident $visit:ident $read:ident),* $(,)?) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refused> {
            visitor.$visit($read(&self.0)?)
        }
    )*};
}

impl<'de> Deserializer<'de> for Text<'de> {
    type Error = Refused;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refused> {
        match self.0 {
            Cow::Borrowed(text) => visitor.visit_borrowed_str(text),
            Cow::Owned(text) => visitor.visit_string(text),
        }
    }

    parsed! {
        deserialize_bool visit_bool truth,
        deserialize_i8 visit_i8 whole,
        deserialize_i16 visit_i16 whole,
        deserialize_i32 visit_i32 whole,
        deserialize_i64 visit_i64 whole,
        deserialize_i128 visit_i128 whole,
        deserialize_u8 visit_u8 whole,
        deserialize_u16 visit_u16 whole,
        deserialize_u32 visit_u32 whole,
        deserialize_u64 visit_u64 whole,
        deserialize_u128 visit_u128 whole,
        deserialize_f32 visit_f32 number,
        deserialize_f64 visit_f64 number,
    }

    /// A parameter that is there is something.
    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refused> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &str, visitor: V) -> Result<V::Value, Refused> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(self, _: &str, _: &[&str], visitor: V) -> Result<V::Value, Refused> {
        visitor.visit_enum(StrDeserializer::new(&self.0))
    }

    forward_to_deserialize_any! {
        char str string bytes byte_buf unit unit_struct seq tuple tuple_struct map struct identifier ignored_any
    }
}
