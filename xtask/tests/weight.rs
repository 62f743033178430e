//! A minimal program on PostgreSQL compiles few crates, and without TLS nothing of TLS.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

use std::collections::BTreeSet;
use std::process::Command;

/// The crates of others that `underpin` needs with these features, each once for each version.
fn crates(features: &str) -> BTreeSet<String> {
    let manifest = concat!(env!("CARGO_MANIFEST_DIR"), "/../Cargo.toml");
    let output = Command::new(env!("CARGO"))
        .args(["tree", "--locked", "--manifest-path", manifest, "-p", "underpin", "--no-default-features"])
        .args(["--features", features, "-e", "normal,build", "--prefix", "none", "--format", "{p}"])
        .output()
        .expect("cargo runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let lines = String::from_utf8(output.stdout).unwrap();
    let name = |line: &str| line.split(" (").next().unwrap_or(line).trim().to_owned();
    lines.lines().map(name).filter(|name| !name.is_empty() && !name.starts_with("underpin")).collect()
}

#[test]
fn a_minimal_program_is_light() {
    let plain = crates("postgres");
    assert!(plain.len() <= 55, "{} crates: {plain:?}", plain.len());
    let of_tls: Vec<&String> =
        plain.iter().filter(|name| name.contains("tls") || name.starts_with("ring ")).collect();
    assert!(of_tls.is_empty(), "without the feature `tls`: {of_tls:?}");
    let encrypted = crates("postgres,tls");
    assert!(encrypted.len() <= 70, "{} crates: {encrypted:?}", encrypted.len());
    assert!(encrypted.iter().any(|name| name.starts_with("rustls ")));
}
