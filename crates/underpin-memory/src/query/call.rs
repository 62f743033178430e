//! Functions, as PostgreSQL has them.

use underpin_core::{ColumnType, Datum, Error, ErrorKind, JsonText, Result, like, lower, upper};
use underpin_sql::Function;

use super::{Call, number, time};
use crate::compare::compare;

/// The functions that are known here; an aggregate is looked up among [`super::aggregate`]'s.
const KNOWN: &[&str] = &[
    "lower",
    "upper",
    "length",
    "trim",
    "ltrim",
    "rtrim",
    "substr",
    "replace",
    "concat",
    "position",
    "like",
    "ilike",
    "+",
    "-",
    "*",
    "/",
    "%",
    "abs",
    "ceil",
    "floor",
    "round",
    "coalesce",
    "nullif",
    "greatest",
    "least",
    "cast",
    "json_get",
    "json_text",
    "json_has_key",
    "json_length",
    "json_contains",
    "has_all",
    "has_any",
    "cardinality",
    "date_trunc",
    "extract",
    "now",
    "count",
    "min",
    "max",
    "sum",
    "avg",
    "string_agg",
    "array_agg",
    "bool_and",
    "bool_or",
];

/// Whether a function can be evaluated.
pub(super) fn is_known(function: &Function) -> bool {
    KNOWN.contains(&function.name)
}

/// The error that PostgreSQL gives with this code.
pub(super) fn failed(sqlstate: &str, what: &'static str) -> Error {
    Error::new(ErrorKind::Database { sqlstate: Some(sqlstate.to_owned()) }, what)
}

/// What does not fit a function's types; a program that compiles has none.
fn misfit(call: &Call) -> Error {
    Error::usage(
        format!("the in-memory store does not know {} of such values", call.function.name),
        "test this query against PostgreSQL or SQLite",
    )
}

/// The value of a function; of NULL it is NULL, but for those that are about NULL.
pub(super) fn value(call: &Call, args: &[Datum], now: i64) -> Result<Datum> {
    match (call.function.name, args) {
        ("now", _) => return Ok(Datum::Micros(now)),
        ("coalesce", _) => {
            return Ok(args.iter().find(|arg| **arg != Datum::Null).cloned().unwrap_or(Datum::Null));
        }
        ("nullif", [a, b]) => {
            let equal = compare(call.ty, a, b).is_some_and(std::cmp::Ordering::is_eq);
            return Ok(if equal { Datum::Null } else { a.clone() });
        }
        ("greatest" | "least", [a, b]) => {
            let greatest = call.function.name == "greatest";
            return Ok(match compare(call.ty, a, b) {
                Some(order) if order.is_ge() == greatest => a.clone(),
                Some(_) => b.clone(),
                None if *a == Datum::Null => b.clone(),
                None => a.clone(),
            });
        }
        _ => {}
    }
    if args.contains(&Datum::Null) {
        return Ok(Datum::Null);
    }
    match args {
        [Datum::Text(of), rest @ ..] if call.function.name != "cast" => text(call, of, rest),
        [Datum::Json(of), rest @ ..] => json(call, of, rest),
        [Datum::Array(of), rest @ ..] => array(call, of, rest),
        [Datum::Date(_) | Datum::Micros(_), Datum::Text(unit)] => {
            time::value(call.function.name, &args[0], call.of, unit).ok_or_else(|| misfit(call))
        }
        _ => number::value(call.function.name, args, call.ty)?.ok_or_else(|| misfit(call)),
    }
}

fn count(number: usize) -> Datum {
    Datum::Int(i64::try_from(number).unwrap_or(i64::MAX))
}

fn text(call: &Call, of: &str, rest: &[Datum]) -> Result<Datum> {
    let pattern = |text: &str, pattern: &str| {
        let matches = like(text, pattern).map(Datum::Bool);
        matches.ok_or_else(|| failed("22025", "a pattern ends with a backslash"))
    };
    Ok(Datum::Text(match (call.function.name, rest) {
        ("lower", []) => lower(of),
        ("upper", []) => upper(of),
        ("trim", []) => of.trim_matches(' ').to_owned(),
        ("ltrim", []) => of.trim_start_matches(' ').to_owned(),
        ("rtrim", []) => of.trim_end_matches(' ').to_owned(),
        ("length", []) => return Ok(count(of.chars().count())),
        ("substr", [Datum::Int(from), Datum::Int(length)]) => {
            let at = |number: &i64| usize::try_from(*number).unwrap_or(0);
            of.chars().skip(at(from).saturating_sub(1)).take(at(length)).collect()
        }
        ("replace", [Datum::Text(what), Datum::Text(with)]) => {
            if what.is_empty() {
                of.to_owned()
            } else {
                of.replace(what.as_str(), with)
            }
        }
        ("concat", [Datum::Text(other)]) => format!("{of}{other}"),
        ("position", [Datum::Text(part)]) => {
            let at = of.find(part.as_str()).map_or(0, |at| of[..at].chars().count() + 1);
            return Ok(count(at));
        }
        ("like", [Datum::Text(by)]) => return pattern(of, by),
        ("ilike", [Datum::Text(by)]) => return pattern(&lower(of), &lower(by)),
        _ => return Err(misfit(call)),
    }))
}

fn json(call: &Call, of: &str, rest: &[Datum]) -> Result<Datum> {
    let read =
        |text| JsonText::parse(text).ok_or_else(|| failed("22P02", "a stored text is no JSON document"));
    let document = read(of)?;
    let part = |step: &Datum| match step {
        Datum::Text(key) => document.get(key),
        Datum::Int(place) => usize::try_from(*place).ok().and_then(|place| document.at(place)),
        _ => None,
    };
    Ok(match (call.function.name, rest) {
        ("json_get", [step]) => part(step).map_or(Datum::Null, |part| Datum::Json(part.text().to_owned())),
        ("json_text", [step]) => {
            let text = part(step).and_then(JsonText::plain);
            text.map_or(Datum::Null, |text| Datum::Text(text.into_owned()))
        }
        ("json_has_key", [Datum::Text(key)]) => Datum::Bool(document.has_key(key)),
        ("json_contains", [Datum::Json(part)]) => Datum::Bool(document.contains(&read(part)?)),
        ("json_length", []) => count(
            document.length().ok_or_else(|| failed("22023", "the length of a document that is no list"))?,
        ),
        _ => return Err(misfit(call)),
    })
}

fn array(call: &Call, of: &[Datum], rest: &[Datum]) -> Result<Datum> {
    let element = if let ColumnType::Array(element) = call.of { *element } else { call.of };
    let has =
        |wanted: &Datum| of.iter().any(|known| compare(element, known, wanted).is_some_and(|o| o.is_eq()));
    Ok(match (call.function.name, rest) {
        ("has_all", [Datum::Array(wanted)]) => Datum::Bool(wanted.iter().all(has)),
        ("has_any", [Datum::Array(wanted)]) => Datum::Bool(wanted.iter().any(has)),
        ("cardinality", []) => count(of.len()),
        _ => return Err(misfit(call)),
    })
}
