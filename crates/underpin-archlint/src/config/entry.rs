//! One contract of the file: what all have in common, and the kind with its own keys.

use serde::Deserialize;
use toml::Value;

use crate::{
    Problem,
    contract::{self, Contract},
};

use super::Ignore;

/// A contract with its name and exceptions.
pub(crate) struct Entry {
    pub id: String,
    pub kind: String,
    pub line: u32,
    /// Why it stands there.
    pub reason: Option<String>,
    /// What to do when it is broken.
    pub hint: Option<String>,
    pub ignore: Vec<Ignore>,
    pub contract: Box<dyn Contract>,
}

/// Keys that every contract has.
const COMMON: [&str; 5] = ["id", "type", "reason", "hint", "ignore"];

#[derive(Deserialize)]
struct Common {
    id: String,
    #[serde(rename = "type")]
    kind: String,
    reason: Option<String>,
    hint: Option<String>,
    #[serde(default)]
    ignore: Vec<Ignore>,
}

impl Entry {
    pub(super) fn parse(table: toml::Table, line: u32) -> Result<Self, Problem> {
        let (common, own): (toml::Table, toml::Table) =
            table.into_iter().partition(|(key, _)| COMMON.contains(&key.as_str()));
        let named = match common.get("id") {
            Some(Value::String(id)) => format!("contract `{id}`"),
            _ => "a contract".to_owned(),
        };
        let wrong = |error: toml::de::Error| {
            let what = format!("{named}: {}", error.message().trim());
            Problem::new(what, format!("besides its own keys a contract has {}", COMMON.join(", ")))
                .at_line(line)
        };
        let common: Common = Value::Table(common).try_into().map_err(wrong)?;
        let contract = contract::parse(&common.kind, own).map_err(|error| match error {
            contract::ParseError::UnknownKind => {
                let what = format!("{named}: there is no type `{}`", common.kind);
                Problem::new(what, format!("the types are {}", contract::KINDS.join(", "))).at_line(line)
            }
            contract::ParseError::Keys(error) => wrong(error),
        })?;
        for ignore in &common.ignore {
            ignore.check().map_err(|what| {
                let hint = "write `{ from = \"a\", to = \"b\", reason = \"…\", until = \"2027-01\" }`";
                Problem::new(format!("{named}: {what}"), hint).at_line(line)
            })?;
        }
        let Common { id, kind, reason, hint, ignore } = common;
        Ok(Self { id, kind, line, reason, hint, ignore, contract })
    }
}
