//! Arrows between our crates point down: who may depend on whom is one table.

use std::collections::BTreeSet;

use crate::{Finding, Workspace};

/// The features: none of them imports another.
#[cfg(test)]
const FEATURES: [&str; 4] = ["underpin-mapper", "underpin-migrate", "underpin-outbox", "underpin-secrets"];

/// The dialects.
#[cfg(test)]
const DIALECTS: [&str; 2] = ["underpin-postgres", "underpin-sqlite"];

/// The only crates that may import a dialect.
#[cfg(test)]
const OVER_DIALECTS: [&str; 4] = ["underpin", "underpin-bench", "underpin-cli", "underpin-conformance"];

/// Each crate, from the ground up, and the crates of ours that it may import itself.
///
/// Dependencies of tests are free. A row for a crate that is still to come does no harm; a crate without a
/// row is a finding.
const ARROWS: &[(&str, &[&str])] = &[
    // The ground: nothing of ours.
    ("underpin-archlint", &[]),
    ("underpin-core", &[]),
    ("underpin-id", &[]),
    ("underpin-macros", &[]),
    ("xtask", &[]),
    // The kernel.
    ("underpin-schema", &["underpin-core"]),
    ("underpin-sql", &["underpin-core", "underpin-schema"]),
    // Features, which do not know each other.
    ("underpin-mapper", &["underpin-core", "underpin-schema", "underpin-sql"]),
    ("underpin-migrate", &["underpin-core", "underpin-schema", "underpin-sql"]),
    ("underpin-outbox", &["underpin-core", "underpin-macros", "underpin-schema", "underpin-sql"]),
    ("underpin-secrets", &["underpin-core", "underpin-schema", "underpin-sql"]),
    // Dialects, which know neither features nor each other.
    ("underpin-postgres", &["underpin-core", "underpin-schema", "underpin-sql"]),
    ("underpin-sqlite", &["underpin-core", "underpin-schema", "underpin-sql"]),
    // The façade, and what stands on it.
    (
        "underpin",
        &[
            "underpin-core",
            "underpin-id",
            "underpin-macros",
            "underpin-mapper",
            "underpin-migrate",
            "underpin-outbox",
            "underpin-postgres",
            "underpin-schema",
            "underpin-secrets",
            "underpin-sql",
            "underpin-sqlite",
        ],
    ),
    ("underpin-axum", &["underpin"]),
    (
        "underpin-cli",
        &[
            "underpin",
            "underpin-archlint",
            "underpin-core",
            "underpin-migrate",
            "underpin-outbox",
            "underpin-postgres",
            "underpin-schema",
            "underpin-secrets",
            "underpin-sql",
            "underpin-sqlite",
        ],
    ),
    (
        "underpin-conformance",
        &[
            "underpin",
            "underpin-core",
            "underpin-macros",
            "underpin-mapper",
            "underpin-migrate",
            "underpin-outbox",
            "underpin-postgres",
            "underpin-schema",
            "underpin-secrets",
            "underpin-sql",
            "underpin-sqlite",
        ],
    ),
    (
        "underpin-bench",
        &[
            "underpin",
            "underpin-core",
            "underpin-postgres",
            "underpin-schema",
            "underpin-sql",
            "underpin-sqlite",
        ],
    ),
    // The examples, one hexagon each: a domain knows nothing of ours but typed ids.
    ("catalog-domain", &["underpin-id"]),
    ("catalog-adapter", &["catalog-domain", "underpin"]),
    ("catalog", &["catalog-adapter", "catalog-domain", "underpin", "underpin-axum", "underpin-cli"]),
    ("documents-domain", &["underpin-id"]),
    ("teams-domain", &["underpin-id"]),
    ("finance-domain", &["underpin-id"]),
    ("finance-adapter", &["finance-domain", "underpin", "underpin-id"]),
    ("finance", &["finance-adapter", "finance-domain", "underpin", "underpin-cli", "underpin-id"]),
];

/// Finds dependencies between our crates that the table does not allow, and crates that it does not know.
#[must_use]
pub fn arrows(workspace: &Workspace) -> Vec<Finding> {
    if workspace.packages.is_empty() {
        return vec![Finding::of("Cargo.toml", "no package found: nothing was checked")];
    }
    let ours: BTreeSet<&str> = workspace.packages.iter().map(|package| package.name.as_str()).collect();
    let mut findings = Vec::new();
    for package in &workspace.packages {
        let Some(allowed) = allowed(&package.name) else {
            findings.push(Finding::of(
                &package.name,
                "has no row in the table of arrows; say what it may import",
            ));
            continue;
        };
        for dependency in package.dependencies.iter().filter(|name| ours.contains(name.as_str())) {
            if !allowed.contains(&dependency.as_str()) {
                let what =
                    format!("must not import {dependency}; arrows point down, see the table of this rule");
                findings.push(Finding::of(&package.name, what));
            }
        }
    }
    findings
}

fn allowed(name: &str) -> Option<&'static [&'static str]> {
    ARROWS.iter().find(|(crate_name, _)| *crate_name == name).map(|(_, allowed)| *allowed)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// All crates of the table, without dependencies but for one that is planted.
    fn found(planted: &str, dependency: &str) -> usize {
        let dependencies: &[&str] = &[dependency];
        let packages: Vec<(&str, &[&str])> = ARROWS
            .iter()
            .map(|(name, _)| (*name, if *name == planted { dependencies } else { &[] }))
            .collect();
        arrows(&Workspace::of_packages(&packages)).len()
    }

    #[test]
    fn arrows_down_are_allowed() {
        for (from, to) in [
            ("underpin-sql", "underpin-core"),
            ("underpin-outbox", "underpin-sql"),
            ("underpin", "underpin-postgres"),
            ("finance-domain", "underpin-id"),
            ("underpin-core", "uuid"),
        ] {
            assert_eq!(found(from, to), 0, "{from} -> {to}");
        }
    }

    #[test]
    fn other_arrows_are_found() {
        for (from, to) in [
            ("underpin-core", "underpin-schema"),
            ("underpin-schema", "underpin-sql"),
            ("underpin-mapper", "underpin-outbox"),
            ("underpin-mapper", "underpin-postgres"),
            ("underpin-postgres", "underpin-sqlite"),
            ("underpin-id", "underpin-core"),
            ("underpin-macros", "underpin-core"),
            ("finance-domain", "underpin"),
            ("finance-adapter", "underpin-postgres"),
            ("underpin", "finance-domain"),
            ("underpin-cli", "finance"),
        ] {
            assert_eq!(found(from, to), 1, "{from} -> {to}");
        }
    }

    #[test]
    fn a_crate_without_a_row_is_found() {
        assert_eq!(arrows(&Workspace::of_packages(&[("underpin-new", &[])])).len(), 1);
    }

    #[test]
    fn no_crate_at_all_is_found() {
        assert_eq!(arrows(&Workspace::default()).len(), 1);
    }

    #[test]
    fn every_row_imports_rows_above_it() {
        for (row, (name, allowed)) in ARROWS.iter().enumerate() {
            for lower in *allowed {
                let at = ARROWS.iter().position(|(other, _)| other == lower);
                assert!(at.is_some_and(|at| at < row), "{name} -> {lower}");
            }
        }
    }

    #[test]
    fn the_table_keeps_features_and_dialects_apart() {
        for (name, allowed) in ARROWS {
            for feature in FEATURES {
                let stranger = FEATURES.contains(name) || DIALECTS.contains(name);
                assert!(!(stranger && allowed.contains(&feature)), "{name} -> {feature}");
            }
            for dialect in DIALECTS {
                assert!(!allowed.contains(&dialect) || OVER_DIALECTS.contains(name), "{name} -> {dialect}");
            }
        }
    }
}
