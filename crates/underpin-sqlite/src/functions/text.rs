//! Case of letters, and patterns.

use rusqlite::types::ValueRef;
use rusqlite::{Connection, Result};
use underpin_core::{like as matches, lower, upper};

use super::{BACKSLASH, WRONG_ARGUMENT, pure, refused};

pub(super) fn register(db: &Connection) -> Result<()> {
    pure(db, "underpin_lower", 1, |context| Ok(text(context.get_raw(0))?.map(lower)))?;
    pure(db, "underpin_upper", 1, |context| Ok(text(context.get_raw(0))?.map(upper)))?;
    pure(db, "underpin_like", 2, |context| like(context.get_raw(0), context.get_raw(1), matches))?;
    pure(db, "underpin_ilike", 2, |context| {
        like(context.get_raw(0), context.get_raw(1), |text, pattern| matches(&lower(text), &lower(pattern)))
    })
}

fn text(value: ValueRef<'_>) -> Result<Option<&str>> {
    match value {
        ValueRef::Null => Ok(None),
        ValueRef::Text(text) => std::str::from_utf8(text).map(Some).map_err(|_| refused(WRONG_ARGUMENT)),
        _ => Err(refused(WRONG_ARGUMENT)),
    }
}

fn like(
    value: ValueRef<'_>,
    pattern: ValueRef<'_>,
    matches: impl Fn(&str, &str) -> Option<bool>,
) -> Result<Option<bool>> {
    match (text(value)?, text(pattern)?) {
        (Some(value), Some(pattern)) => matches(value, pattern).map(Some).ok_or_else(|| refused(BACKSLASH)),
        _ => Ok(None),
    }
}
