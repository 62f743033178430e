//! Holds the real workspace and the examples to their contracts, and the contracts to what they must find.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a workspace that cannot be read fails the test"
)]

use std::{
    fs,
    path::{Path, PathBuf},
};

use serde_json::Value;
use underpin_archlint::{
    ReportFormat, assert_kept,
    cli::{GraphFormat, Level, Request, run, run_in},
};

/// Where the picture stands in `ARCHITECTURE.md`.
const OPENING: &str =
    "<!-- `underpin arch graph --outline`; a test of xtask keeps it current. -->\n\n```mermaid\n";
const CLOSING: &str = "```\n";

/// Dependencies that some contract must refuse: the package, what it must not depend on, the contract.
const PLANTED: [(&str, &str, &str); 16] = [
    ("crates/underpin-core", "underpin-schema", "floors"),
    ("crates/underpin-schema", "underpin-sql", "floors"),
    ("crates/underpin-mapper", "underpin-outbox", "floors"),
    ("crates/underpin-mapper", "underpin-postgres", "floors"),
    ("crates/underpin-postgres", "underpin-sqlite", "floors"),
    ("crates/underpin-id", "underpin-core", "floors"),
    ("crates/underpin-macros", "underpin-core", "floors"),
    ("crates/underpin", "finance-domain", "floors"),
    ("crates/underpin-conformance", "finance", "floors"),
    ("examples/finance/domain", "underpin", "domain"),
    ("examples/finance/adapter", "underpin-postgres", "dialects"),
    ("crates/underpin-axum", "underpin-mapper", "features"),
    ("crates/underpin-axum", "underpin-sql", "façade"),
    ("crates/underpin-mapper", "underpin-macros", "derives"),
    ("crates/underpin-sql", "tokio", "sql"),
    ("crates/underpin-core", "tokio", "core"),
];

/// Lines of code that some contract must refuse: the file, the line, the contract, the module.
const PLANTED_LINES: [(&str, &str, &str, &str); 4] = [
    (
        "crates/underpin-schema/src/validate/mod.rs",
        "use std::fs as _;",
        "schema",
        "underpin_schema::validate",
    ),
    ("crates/underpin-mapper/src/plan/mod.rs", "use tokio as _;", "planning", "underpin_mapper::plan"),
    (
        "crates/underpin-core/src/lib.rs",
        "fn planted() { let _ = std::env::args(); }",
        "core",
        "underpin_core",
    ),
    ("examples/finance/domain/src/user.rs", "use serde_json as _;", "domain", "finance_domain::user"),
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_path_buf()
}

#[test]
fn the_workspace_keeps_its_contracts() {
    assert_kept!("../archlint.toml");
}

#[test]
fn finance_keeps_its_contracts() {
    assert_kept!("../examples/finance/archlint.toml");
}

#[test]
fn documents_keeps_its_contracts() {
    assert_kept!("../examples/documents/archlint.toml");
}

#[test]
fn catalog_keeps_its_contracts() {
    assert_kept!("../examples/catalog/archlint.toml");
}

#[test]
fn teams_keeps_its_contracts() {
    assert_kept!("../examples/teams/archlint.toml");
}

/// A copy of the workspace with many things wrong breaks as many contracts.
#[test]
fn planted_violations_are_found() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["Cargo.toml", "archlint.toml"] {
        fs::copy(root().join(name), folder.path().join(name)).unwrap();
    }
    for name in ["crates", "examples", "xtask"] {
        copy(&root().join(name), &folder.path().join(name));
    }
    for (package, dependency, _) in PLANTED {
        let line = match dependency {
            "finance" => "path = \"../../examples/finance/program\"",
            "finance-domain" => "path = \"../../examples/finance/domain\"",
            _ => "workspace = true",
        };
        let table = format!("\n[target.'cfg(all())'.dependencies.{dependency}]\n{line}\n");
        append(&folder.path().join(package).join("Cargo.toml"), &table);
    }
    for (file, line, _, _) in PLANTED_LINES {
        append(&folder.path().join(file), &format!("\n{line}\n"));
    }
    let check = Request::Check { config: None, format: ReportFormat::Json, explain: false };
    let answer = run_in(&check, folder.path());
    assert_eq!(answer.code, 1, "{}", answer.errors);
    let report: Value = serde_json::from_str(&answer.output).unwrap();
    for (package, dependency, contract) in PLANTED {
        let from = match package {
            "examples/finance/domain" => "finance_domain".to_owned(),
            "examples/finance/adapter" => "finance_adapter".to_owned(),
            _ => package.rsplit('/').next().unwrap().replace('-', "_"),
        };
        let to = dependency.replace('-', "_");
        assert!(is_found(&report, contract, &from, Some(&to)), "{contract}: {from} -> {to}");
    }
    for (file, line, contract, module) in PLANTED_LINES {
        assert!(is_found(&report, contract, module, None), "{contract}: {line} in {file}");
    }
}

/// Whether a violation of a contract begins with an import of one module by another, or by any.
fn is_found(report: &Value, contract: &str, from: &str, to: Option<&str>) -> bool {
    let contracts = report["contracts"].as_array().unwrap();
    let judged = contracts.iter().find(|judged| judged["id"] == contract).unwrap();
    judged["violations"].as_array().unwrap().iter().any(|violation| {
        let first = &violation["chain"]["steps"][0];
        first["from"] == from && to.is_none_or(|to| first["to"] == to)
    })
}

fn append(file: &Path, text: &str) {
    let before = fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    fs::write(file, before + text).unwrap();
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &to.join(entry.file_name()));
        } else {
            fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
        }
    }
}

/// The picture in `ARCHITECTURE.md` is the one that the linter draws. Write it with `UNDERPIN_BLESS=1`.
#[test]
fn the_picture_is_current() {
    let file = root().join("ARCHITECTURE.md");
    let text = fs::read_to_string(&file).unwrap();
    let answer = run(&Request::Graph {
        config: Some(root().join("archlint.toml")),
        format: GraphFormat::Mermaid,
        level: Level::Crate,
        focus: None,
        outline: true,
    });
    assert_eq!(answer.code, 0, "{}", answer.errors);
    let (before, rest) = text.split_once(OPENING).expect("the picture has its opening line");
    let (picture, after) = rest.split_once(CLOSING).expect("the picture ends");
    if std::env::var_os("UNDERPIN_BLESS").is_some() {
        fs::write(&file, format!("{before}{OPENING}{}{CLOSING}{after}", answer.output)).unwrap();
        return;
    }
    assert!(
        picture == answer.output,
        "the picture is out of date; run this test with UNDERPIN_BLESS=1 in the environment:\n{}",
        answer.output
    );
}
