//! The contracts, one kind a file: each is a question to the graph.

mod acyclic;
mod derives;
mod externals;
mod forbidden;
mod foreign;
mod independence;
mod interface;
mod judge;
mod layers;
mod protected;
mod surface;
mod violation;

use serde::de::DeserializeOwned;
use toml::{Table, Value};

use crate::Problem;

pub(crate) use judge::Judge;
pub(crate) use layers::Layers;
pub(crate) use violation::{Violation, grouped};

/// What is wrong with a contract, as opposed to with the code.
pub(crate) type Problems = Vec<Problem>;

/// A rule about who may import whom.
pub(crate) trait Contract {
    /// Finds what breaks the rule.
    ///
    /// # Errors
    /// The rule is about something that is not there.
    fn judge(&self, judge: &Judge<'_>) -> Result<Vec<Violation>, Problems>;

    /// The layers, if that is what it is, for pictures.
    fn layers(&self) -> Option<&Layers> {
        None
    }
}

/// The kinds, as `type` names them.
pub(crate) const KINDS: [&str; 9] = [
    "layers",
    "forbidden",
    "independence",
    "protected",
    "acyclic",
    "externals",
    "derives",
    "surface",
    "interface",
];

/// Why a table is no contract.
pub(crate) enum ParseError {
    UnknownKind,
    Keys(toml::de::Error),
}

/// Reads the keys of a kind.
pub(crate) fn parse(kind: &str, table: Table) -> Result<Box<dyn Contract>, ParseError> {
    match kind {
        "layers" => read::<Layers>(table),
        "forbidden" => read::<forbidden::Forbidden>(table),
        "independence" => read::<independence::Independence>(table),
        "protected" => read::<protected::Protected>(table),
        "acyclic" => read::<acyclic::Acyclic>(table),
        "externals" => read::<externals::Externals>(table),
        "derives" => read::<derives::Derives>(table),
        "surface" => read::<surface::Surface>(table),
        "interface" => read::<interface::Interface>(table),
        _ => Err(ParseError::UnknownKind),
    }
}

fn read<T: Contract + DeserializeOwned + 'static>(table: Table) -> Result<Box<dyn Contract>, ParseError> {
    let contract: T = Value::Table(table).try_into().map_err(ParseError::Keys)?;
    Ok(Box::new(contract))
}
