//! JSON: whether a document holds another, or a key.

use rusqlite::types::ValueRef;
use rusqlite::{Connection, Result};
use underpin_core::JsonText;

use super::{WRONG_ARGUMENT, pure, refused};

pub(super) fn register(db: &Connection) -> Result<()> {
    pure(db, "underpin_json_contains", 2, |context| {
        match (document(context.get_raw(0))?, document(context.get_raw(1))?) {
            (Some(whole), Some(part)) => Ok(Some(whole.contains(&part))),
            _ => Ok(None),
        }
    })?;
    pure(db, "underpin_json_has_key", 2, |context| {
        let key: Option<String> = context.get(1)?;
        Ok(document(context.get_raw(0))?.zip(key).map(|(document, key)| document.has_key(&key)))
    })
}

fn document(value: ValueRef<'_>) -> Result<Option<JsonText<'_>>> {
    let wrong = || refused(WRONG_ARGUMENT);
    match value {
        ValueRef::Null => Ok(None),
        ValueRef::Text(text) => {
            let text = std::str::from_utf8(text).map_err(|_| wrong())?;
            JsonText::parse(text).map(Some).ok_or_else(wrong)
        }
        _ => Err(wrong()),
    }
}
