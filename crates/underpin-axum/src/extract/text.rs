//! Values that are read from text by their own rules.

use std::fmt::Display;
use std::str::FromStr;

use serde::de::Error;
use serde::{Deserialize, Deserializer};

/// Reads a field by its type's [`FromStr`], so that a type of the domain needs no `Deserialize`: for serde's attribute
/// `deserialize_with`, in a [`Query`](crate::Query) and in a [`Json`](crate::Json).
///
/// # Errors
/// What the type says about a text that it refuses.
///
/// ```
/// #[derive(serde::Deserialize)]
/// struct Wanted {
///     #[serde(deserialize_with = "underpin_axum::from_text")]
///     address: std::net::IpAddr,
/// }
/// ```
pub fn from_text<'de, T, D>(deserializer: D) -> Result<T, D::Error>
where
    T: FromStr<Err: Display>,
    D: Deserializer<'de>,
{
    parsed(&String::deserialize(deserializer)?)
}

/// Like [`from_text`], for a field that may be missing: with serde's attribute `default` beside it.
///
/// # Errors
/// What the type says about a text that it refuses.
pub fn optional_from_text<'de, T, D>(deserializer: D) -> Result<Option<T>, D::Error>
where
    T: FromStr<Err: Display>,
    D: Deserializer<'de>,
{
    Option::<String>::deserialize(deserializer)?.as_deref().map(parsed).transpose()
}

fn parsed<T: FromStr<Err: Display>, E: Error>(text: &str) -> Result<T, E> {
    text.parse().map_err(E::custom)
}
