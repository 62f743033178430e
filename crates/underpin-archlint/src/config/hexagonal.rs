//! The preset for services in the hexagonal style: a few names stand for four contracts.

use serde::Deserialize;
use toml::{Table, Value};

/// Which modules or crates play the parts of a hexagon.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Hexagonal {
    /// Containers; without them the names are whole paths.
    #[serde(default, rename = "in")]
    containers: Vec<String>,
    domain: String,
    application: Option<String>,
    adapters: Names,
    entrypoints: Option<String>,
    /// Foreign crates that the domain may name besides the standard library.
    #[serde(default)]
    domain_externals: Vec<String>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
enum Names {
    One(String),
    Many(Vec<String>),
}

/// What a domain or a use case has no business with.
const WORLD: [&str; 9] = [
    "std::fs",
    "std::net",
    "std::env",
    "std::process",
    "std::thread",
    "std::io::stdin",
    "std::time::SystemTime",
    "std::time::Instant",
    "std::println",
];

impl Hexagonal {
    /// The four contracts.
    pub(super) fn expand(&self) -> Vec<Table> {
        vec![self.layers(), self.independence(), self.externals(), self.application_externals()]
            .into_iter()
            .flatten()
            .collect()
    }

    /// The contracts as they would be written by hand.
    pub(crate) fn explain(&self) -> String {
        self.expand().iter().map(written).collect::<Vec<_>>().join("\n")
    }

    fn adapters(&self) -> Vec<String> {
        match &self.adapters {
            Names::One(name) => vec![name.clone()],
            Names::Many(names) => names.clone(),
        }
    }

    fn inside(&self, name: &str) -> Vec<String> {
        if self.containers.is_empty() {
            return vec![name.to_owned()];
        }
        self.containers.iter().map(|container| format!("{container}::{name}")).collect()
    }

    fn layers(&self) -> Option<Table> {
        let mut layers = Vec::new();
        layers.extend(self.entrypoints.clone());
        layers.push(self.adapters().join(" | "));
        layers.extend(self.application.clone());
        layers.push(self.domain.clone());
        let mut table = contract("hexagon-layers", "layers", "Arrows point to the domain.");
        if !self.containers.is_empty() {
            table.insert("in".to_owned(), strings(&self.containers));
        }
        table.insert("layers".to_owned(), strings(&layers));
        Some(table)
    }

    /// Adapters that are named one by one do not know each other; of one module, its children do not.
    fn independence(&self) -> Option<Table> {
        let modules: Vec<String> = match &self.adapters {
            Names::One(_) if self.containers.is_empty() => return None,
            Names::One(name) => self.inside(&format!("{name}::*")),
            Names::Many(names) => names.iter().flat_map(|name| self.inside(name)).collect(),
        };
        let mut table =
            contract("hexagon-adapters", "independence", "One adapter can be replaced without the others.");
        table.insert("modules".to_owned(), strings(&modules));
        Some(table)
    }

    fn externals(&self) -> Option<Table> {
        let reason = "A test of the domain runs without clock, disk or network.";
        let mut table = contract("hexagon-domain", "externals", reason);
        table.insert("in".to_owned(), strings(&self.inside(&self.domain)));
        let mut allow = vec!["std".to_owned(), "core".to_owned(), "alloc".to_owned()];
        allow.extend(self.domain_externals.iter().cloned());
        table.insert("allow".to_owned(), strings(&allow));
        table.insert("deny".to_owned(), strings(&WORLD));
        Some(table)
    }

    fn application_externals(&self) -> Option<Table> {
        let application = self.application.as_ref()?;
        let reason = "A use case reaches the world through its ports.";
        let mut table = contract("hexagon-application", "externals", reason);
        table.insert("in".to_owned(), strings(&self.inside(application)));
        table.insert("deny".to_owned(), strings(&WORLD[..5]));
        Some(table)
    }
}

fn contract(id: &str, kind: &str, reason: &str) -> Table {
    let mut table = Table::new();
    for (key, value) in [("id", id), ("type", kind), ("reason", reason)] {
        table.insert(key.to_owned(), Value::String(value.to_owned()));
    }
    table
}

fn strings<T: AsRef<str>>(texts: &[T]) -> Value {
    Value::Array(texts.iter().map(|text| Value::String(text.as_ref().to_owned())).collect())
}

/// A contract in TOML, with its keys in the usual order.
fn written(table: &Table) -> String {
    let mut text = "[[contract]]\n".to_owned();
    for key in ["id", "type", "in", "layers", "modules", "allow", "deny", "reason"] {
        match table.get(key) {
            Some(Value::String(value)) => text += &format!("{key} = {value:?}\n"),
            Some(Value::Array(values)) => {
                let values: Vec<String> =
                    values.iter().filter_map(Value::as_str).map(|value| format!("{value:?}")).collect();
                text += &format!("{key} = [{}]\n", values.join(", "));
            }
            _ => {}
        }
    }
    text
}
