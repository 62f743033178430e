//! SQL literals as values of a column.

use rust_decimal::Decimal;
use underpin_core::{ColumnType, Datum};
use uuid::Uuid;

/// The value of a literal in a column of the type given: a number, a text in quotes, TRUE, FALSE, NULL or an empty
/// array, with or without a cast and parentheses. `None` if it is anything else, or not a value of such a column.
pub(crate) fn literal(sql: &str, ty: ColumnType) -> Option<Datum> {
    let sql = without_parentheses(sql.trim());
    if let Some(rest) = sql.strip_prefix('\'') {
        let (text, rest) = quoted(rest)?;
        return is_cast(rest).then(|| of_text(&text, ty)).flatten();
    }
    let (word, cast) =
        sql.split_once("::").map_or((sql, ""), |(word, ty)| (without_parentheses(word.trim()), ty));
    if cast.contains('\'') {
        return None;
    }
    match (word.to_ascii_lowercase().as_str(), ty) {
        ("null", _) => Some(Datum::Null),
        ("array[]", ColumnType::Array(_)) => Some(Datum::Array(Vec::new())),
        // A bare word is never text, and a bare number is not in PostgreSQL.
        (word, _) if word == "true" || word == "false" || is_number(word) => {
            let plain = matches!(
                ty,
                ColumnType::Bool
                    | ColumnType::SmallInt
                    | ColumnType::Integer
                    | ColumnType::BigInt
                    | ColumnType::Real
                    | ColumnType::Double
                    | ColumnType::Numeric { .. }
            );
            plain.then(|| of_text(word, ty)).flatten()
        }
        _ => None,
    }
}

/// `(x)` without the parentheses that enclose all of it.
fn without_parentheses(mut sql: &str) -> &str {
    while let Some(inner) = sql.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
        let mut depth = 0_i32;
        let balanced = inner.chars().all(|letter| {
            depth += i32::from(letter == '(') - i32::from(letter == ')');
            depth >= 0
        });
        if !balanced || depth != 0 {
            break;
        }
        sql = inner.trim();
    }
    sql
}

/// The text up to the closing quote, and what follows it.
fn quoted(rest: &str) -> Option<(String, &str)> {
    let mut text = String::new();
    let mut letters = rest.char_indices();
    while let Some((at, letter)) = letters.next() {
        if letter != '\'' {
            text.push(letter);
        } else if rest[at + 1..].starts_with('\'') {
            text.push(letter);
            letters.next();
        } else {
            return Some((text, rest[at + 1..].trim()));
        }
    }
    None
}

fn is_cast(rest: &str) -> bool {
    rest.is_empty() || (rest.starts_with("::") && !rest.contains('\''))
}

fn is_number(word: &str) -> bool {
    word.starts_with(|first: char| first.is_ascii_digit() || "+-.".contains(first))
}

fn of_text(text: &str, ty: ColumnType) -> Option<Datum> {
    let datum = match ty {
        ColumnType::Bool => match text.to_ascii_lowercase().as_str() {
            "true" | "t" | "1" | "yes" | "on" => Datum::Bool(true),
            "false" | "f" | "0" | "no" | "off" => Datum::Bool(false),
            _ => return None,
        },
        ColumnType::SmallInt | ColumnType::Integer | ColumnType::BigInt => Datum::Int(text.parse().ok()?),
        ColumnType::Real => Datum::Float(text.parse::<f32>().ok()?.into()),
        ColumnType::Double => Datum::Float(text.parse().ok()?),
        ColumnType::Numeric { .. } => Datum::Decimal(text.parse::<Decimal>().ok()?),
        ColumnType::Text | ColumnType::Varchar(_) | ColumnType::Enum(_) => Datum::Text(text.to_owned()),
        ColumnType::Json => Datum::Json(text.to_owned()),
        ColumnType::Uuid => Datum::Uuid(*Uuid::parse_str(text).ok()?.as_bytes()),
        ColumnType::Array(_) if text == "{}" || text == "[]" => Datum::Array(Vec::new()),
        _ => return None,
    };
    Datum::take(ty, |out| datum.encode(ty, out)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use underpin_core::EnumType;

    static KIND: EnumType = EnumType { name: "kind", labels: &["a", "b"] };

    #[test]
    fn literals_become_values_of_their_column() {
        let text = |text: &str| Some(Datum::Text(text.to_owned()));
        for (sql, ty, expected) in [
            ("0", ColumnType::Integer, Some(Datum::Int(0))),
            ("(-5)", ColumnType::BigInt, Some(Datum::Int(-5))),
            ("'7'::smallint", ColumnType::SmallInt, Some(Datum::Int(7))),
            ("40000", ColumnType::SmallInt, None),
            ("0::bigint", ColumnType::BigInt, Some(Datum::Int(0))),
            (
                "1.50",
                ColumnType::Numeric { precision: 4, scale: 2 },
                Some(Datum::Decimal(Decimal::new(150, 2))),
            ),
            ("'0'", ColumnType::Numeric { precision: 4, scale: 2 }, Some(Datum::Decimal(Decimal::ZERO))),
            ("1.555", ColumnType::Numeric { precision: 4, scale: 2 }, None),
            ("0.5", ColumnType::Double, Some(Datum::Float(0.5))),
            ("TRUE", ColumnType::Bool, Some(Datum::Bool(true))),
            ("0", ColumnType::Bool, Some(Datum::Bool(false))),
            ("null", ColumnType::Text, Some(Datum::Null)),
            ("NULL::character varying", ColumnType::Text, Some(Datum::Null)),
            ("'it''s'", ColumnType::Text, text("it's")),
            ("('a b'::character varying(20))", ColumnType::Varchar(20), text("a b")),
            ("''", ColumnType::Text, text("")),
            ("'abc'", ColumnType::Varchar(2), None),
            ("'b'::kind", ColumnType::Enum(&KIND), text("b")),
            ("'c'", ColumnType::Enum(&KIND), None),
            ("5", ColumnType::Text, None),
            ("'{}'", ColumnType::Json, Some(Datum::Json("{}".to_owned()))),
            ("'{}'::text[]", ColumnType::Array(&ColumnType::Text), Some(Datum::Array(Vec::new()))),
            ("ARRAY[]::text[]", ColumnType::Array(&ColumnType::Text), Some(Datum::Array(Vec::new()))),
            ("upper('x')", ColumnType::Text, None),
            ("'a' || 'b'", ColumnType::Text, None),
            ("'a'::text || 'b'", ColumnType::Text, None),
            ("(1) + (2)", ColumnType::Integer, None),
            ("'open", ColumnType::Text, None),
            ("nextval('s'::regclass)", ColumnType::BigInt, None),
        ] {
            assert_eq!(literal(sql, ty), expected, "{sql}");
        }
    }
}
