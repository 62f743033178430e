//! Why a query was refused, and which of its parameters is meant.

use std::fmt;

use axum::http::StatusCode;
use serde::de::{Error, StdError};

use crate::Problem;

/// Why, and of which parameter.
#[derive(Debug)]
pub(super) struct Refused {
    field: Option<String>,
    detail: String,
}

impl Refused {
    fn named(field: &str, detail: impl Into<String>) -> Self {
        Self { field: Some(field.to_owned()), detail: detail.into() }
    }

    /// The same of this parameter, unless another is named already.
    pub(super) fn of(mut self, field: &str) -> Self {
        self.field.get_or_insert_with(|| field.to_owned());
        self
    }
}

impl From<Refused> for Problem {
    fn from(Refused { field, detail }: Refused) -> Self {
        let problem = Self::new(StatusCode::UNPROCESSABLE_ENTITY).detail(detail);
        match field {
            Some(field) => problem.field(field),
            None => problem,
        }
    }
}

impl Error for Refused {
    fn custom<T: fmt::Display>(why: T) -> Self {
        Self { field: None, detail: why.to_string() }
    }

    fn unknown_field(field: &str, known: &'static [&'static str]) -> Self {
        let mut detail = "there is no such parameter".to_owned();
        if !known.is_empty() {
            detail.push_str("; there are ");
            detail.push_str(&known.join(", "));
        }
        Self::named(field, detail)
    }

    fn missing_field(field: &'static str) -> Self {
        Self::named(field, "it is missing")
    }

    fn duplicate_field(field: &'static str) -> Self {
        Self::named(field, "it is given more than once")
    }

    fn unknown_variant(_: &str, known: &'static [&'static str]) -> Self {
        Self::custom(format_args!("it is none of {}", known.join(", ")))
    }
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.detail)
    }
}

impl StdError for Refused {}
