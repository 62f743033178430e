//! The query of a URL.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use serde::de::DeserializeOwned;

use super::pairs::Pairs;
use crate::Problem;

/// The query of a URL.
///
/// A parameter that cannot be read, is missing or comes twice is refused with 422 that names it; so is one that is not
/// known, if the type says `deny_unknown_fields`. Say it, for a misspelt filter finds everything. Types that are read
/// from text by [`FromStr`](std::str::FromStr) need no `Deserialize`: see [`from_text`](crate::from_text).
///
/// ```
/// #[derive(serde::Deserialize)]
/// #[serde(deny_unknown_fields)]
/// struct Filters {
///     make: Option<String>,
///     #[serde(default, deserialize_with = "underpin_axum::optional_from_text")]
///     address: Option<std::net::IpAddr>,
/// }
///
/// async fn search(underpin_axum::Query(filters): underpin_axum::Query<Filters>) -> String {
///     filters.make.unwrap_or_default()
/// }
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Query<T>(pub T);

impl<T: DeserializeOwned, S: Sync> FromRequestParts<S> for Query<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Problem> {
        of_text(parts.uri.query().unwrap_or_default()).map(Self)
    }
}

fn of_text<T: DeserializeOwned>(query: &str) -> Result<T, Problem> {
    T::deserialize(Pairs::of(query)).map_err(Problem::from)
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;
    use std::net::IpAddr;

    use super::*;

    #[derive(Debug, Default, PartialEq, serde::Deserialize)]
    struct Filters {
        make: Option<String>,
        year: Option<i32>,
    }

    #[derive(Debug, PartialEq, serde::Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Strict {
        count: u8,
        fresh: Option<bool>,
        share: Option<f64>,
        order: Option<Order>,
        #[serde(default, deserialize_with = "crate::optional_from_text")]
        address: Option<IpAddr>,
        #[serde(default = "nowhere", deserialize_with = "crate::from_text")]
        origin: IpAddr,
    }

    #[derive(Debug, PartialEq, serde::Deserialize)]
    #[serde(rename_all = "lowercase")]
    enum Order {
        Rising,
        Falling,
    }

    fn nowhere() -> IpAddr {
        IpAddr::from([0, 0, 0, 0])
    }

    #[test]
    fn a_query_is_read_with_its_escapes() {
        let filters: Filters = of_text("make=a%26b+c&other=1").unwrap();
        assert_eq!(filters, Filters { make: Some("a&b c".to_owned()), year: None });
        assert_eq!(of_text::<Filters>("").unwrap(), Filters::default());
        let filters: Filters = of_text("m%61ke=&year=-7").unwrap();
        assert_eq!(filters, Filters { make: Some(String::new()), year: Some(-7) });
    }

    #[test]
    fn every_kind_of_value_is_read() {
        let read: Strict =
            of_text("count=255&fresh=true&share=0.5&order=falling&address=::1&origin=10.0.0.1").unwrap();
        let expected = Strict {
            count: 255,
            fresh: Some(true),
            share: Some(0.5),
            order: Some(Order::Falling),
            address: "::1".parse().ok(),
            origin: IpAddr::from([10, 0, 0, 1]),
        };
        assert_eq!(read, expected);
    }

    #[test]
    fn pairs_may_be_taken_as_they_come() {
        let pairs: Vec<(String, u8)> = of_text("a=1&a=2").unwrap();
        assert_eq!(pairs, [("a".to_owned(), 1), ("a".to_owned(), 2)]);
        let map: HashMap<String, String> = of_text("a=1&b=%20").unwrap();
        assert_eq!(map["b"], " ");
        of_text::<()>("").unwrap();
    }

    #[test]
    fn what_cannot_be_read_is_named() {
        for (query, field, detail) in [
            ("year=soon", "year", "it is no whole number"),
            ("year=", "year", "it is no whole number"),
            ("year=3000000000", "year", "it is too large"),
            ("year=-3000000000", "year", "it is too small"),
            ("make=a&make=b", "make", "it is given more than once"),
        ] {
            assert_eq!(of_text::<Filters>(query), Err(Problem::invalid(field, detail)), "{query}");
        }
        for (query, field, detail) in [
            ("", "count", "it is missing"),
            ("count=1&fresh=yes", "fresh", "it is neither true nor false"),
            ("count=1&share=half", "share", "it is no number"),
            ("count=1&order=up", "order", "it is none of rising, falling"),
            ("count=1&address=here", "address", "invalid IP address syntax"),
            ("count=1&origin=", "origin", "invalid IP address syntax"),
            ("count=1&count=x", "count", "it is given more than once"),
            (
                "cuont=1",
                "cuont",
                "there is no such parameter; there are count, fresh, share, order, address, origin",
            ),
        ] {
            assert_eq!(of_text::<Strict>(query), Err(Problem::invalid(field, detail)), "{query}");
        }
        assert_eq!(
            of_text::<HashMap<String, u8>>("a=1&b=x"),
            Err(Problem::invalid("b", "it is no whole number"))
        );
    }
}
