//! Parts of dates and times, which are stored as text of fixed width.

use std::time::{SystemTime, UNIX_EPOCH};

use rusqlite::functions::FunctionFlags;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, Result};

use super::{WRONG_ARGUMENT, WRONG_UNIT, pure, refused};
use crate::codec::{date_text, parse_date, timestamp_text};

/// What stands behind a date in a timestamp.
const MIDNIGHT: &str = " 00:00:00.000000";

pub(super) fn register(db: &Connection) -> Result<()> {
    pure(db, "underpin_date_trunc", 2, |context| {
        let unit: String = context.get(0)?;
        text(context.get_raw(1))?.map(|text| truncated(&unit, text)).transpose()
    })?;
    pure(db, "underpin_extract", 2, |context| {
        let unit: String = context.get(0)?;
        text(context.get_raw(1))?.map(|text| extracted(&unit, text)).transpose()
    })?;
    db.create_scalar_function("underpin_now", 0, FunctionFlags::SQLITE_UTF8, |_| {
        let since_epoch = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        let micros = i64::try_from(since_epoch.as_micros()).unwrap_or(i64::MAX);
        Ok(timestamp_text(micros).ok().and_then(|text| String::from_utf8(text.to_vec()).ok()))
    })
}

fn text(value: ValueRef<'_>) -> Result<Option<&str>> {
    match value {
        ValueRef::Null => Ok(None),
        ValueRef::Text(text) if text.is_ascii() && (text.len() == 10 || text.len() == 26) => {
            std::str::from_utf8(text).map(Some).map_err(|_| refused(WRONG_ARGUMENT))
        }
        _ => Err(refused(WRONG_ARGUMENT)),
    }
}

fn number(text: &str, from: usize, to: usize) -> Result<i64> {
    let digits = text.get(from..to).and_then(|digits| digits.parse().ok());
    digits.ok_or_else(|| refused(WRONG_ARGUMENT))
}

fn days(text: &str) -> Result<i64> {
    let date = text.get(..10).ok_or_else(|| refused(WRONG_ARGUMENT))?;
    parse_date(date.as_bytes()).map(i64::from).map_err(|_| refused(WRONG_ARGUMENT))
}

/// The Monday of a day; 1970-01-01 was a Thursday.
fn monday(days: i64) -> i64 {
    days - (days + 3).rem_euclid(7)
}

fn date(days: i64) -> Result<String> {
    let days = i32::try_from(days).map_err(|_| refused(WRONG_ARGUMENT))?;
    let text = date_text(days).map_err(|_| refused(WRONG_ARGUMENT))?;
    String::from_utf8(text.to_vec()).map_err(|_| refused(WRONG_ARGUMENT))
}

fn truncated(unit: &str, text: &str) -> Result<String> {
    let part = |to: usize| text.get(..to).unwrap_or(text);
    let has_time = text.len() > 10;
    let midnight = if has_time { MIDNIGHT } else { "" };
    Ok(match unit {
        "year" => format!("{}-01-01{midnight}", part(4)),
        "quarter" => {
            let first = (number(text, 5, 7)? - 1) / 3 * 3 + 1;
            format!("{}-{first:02}-01{midnight}", part(4))
        }
        "month" => format!("{}-01{midnight}", part(7)),
        "week" => format!("{}{midnight}", date(monday(days(text)?))?),
        "day" => format!("{}{midnight}", part(10)),
        "hour" | "minute" | "second" if !has_time => text.to_owned(),
        "hour" => format!("{}:00:00.000000", part(13)),
        "minute" => format!("{}:00.000000", part(16)),
        "second" => format!("{}.000000", part(19)),
        _ => return Err(refused(WRONG_UNIT)),
    })
}

fn extracted(unit: &str, text: &str) -> Result<i64> {
    let time = |from: usize| if text.len() > 10 { number(text, from, from + 2) } else { Ok(0) };
    match unit {
        "year" => number(text, 0, 4),
        "quarter" => Ok((number(text, 5, 7)? - 1) / 3 + 1),
        "month" => number(text, 5, 7),
        // The week of a day is that of its Thursday, counted from the first of January of that Thursday's year.
        "week" => {
            let thursday = monday(days(text)?) + 3;
            let first = days(&format!("{}-01-01", date(thursday)?.get(..4).unwrap_or_default()))?;
            Ok((thursday - first) / 7 + 1)
        }
        "day" => number(text, 8, 10),
        "hour" => time(11),
        "minute" => time(14),
        "second" => time(17),
        _ => Err(refused(WRONG_UNIT)),
    }
}
