//! The kernel does no input and output, and stays light: what it may import from others is a short list.

use crate::{Finding, Workspace};

/// Each crate of the kernel and the crates of others that it may import, optional ones included.
const ALLOWED: &[(&str, &[&str])] = &[
    (
        "underpin-core",
        &["bytes", "futures-core", "chrono", "jiff", "rust_decimal", "serde", "serde_json", "uuid"],
    ),
    ("underpin-schema", &["rust_decimal", "serde", "serde_json", "uuid"]),
    ("underpin-sql", &["bytes", "futures-core", "rust_decimal", "sea-query", "serde_json", "uuid"]),
];

/// Finds third-party dependencies of the kernel that are not on the list.
#[must_use]
pub fn kernel(workspace: &Workspace) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (name, allowed) in ALLOWED {
        let Some(package) = workspace.packages.iter().find(|package| package.name == *name) else {
            findings.push(Finding::of(
                *name,
                "is not in the workspace; if it has a new name, say so in this rule",
            ));
            continue;
        };
        for dependency in &package.dependencies {
            let ours = workspace.packages.iter().any(|package| package.name == *dependency);
            if !ours && !allowed.contains(&dependency.as_str()) {
                let what = format!(
                    "must not import {dependency}; what the kernel may import is a list in this rule"
                );
                findings.push(Finding::of(*name, what));
            }
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(core: &[&str]) -> Vec<String> {
        let workspace = Workspace::of_packages(&[
            ("underpin-core", core),
            ("underpin-schema", &["underpin-core"]),
            ("underpin-sql", &["underpin-core", "underpin-schema"]),
            ("underpin-postgres", &["tokio"]),
        ]);
        kernel(&workspace).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn what_is_listed_may_be_imported() {
        assert_eq!(found(&["uuid", "bytes"]), [""; 0]);
    }

    #[test]
    fn what_is_not_listed_is_found() {
        let findings = found(&["uuid", "tokio"]);
        assert!(findings.len() == 1 && findings[0].starts_with("underpin-core: must not import tokio"));
    }

    #[test]
    fn a_kernel_crate_that_is_gone_is_found() {
        assert_eq!(kernel(&Workspace::default()).len(), ALLOWED.len());
    }
}
