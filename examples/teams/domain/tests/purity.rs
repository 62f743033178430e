//! The domain stays plain Rust: it depends on typed ids alone, and says no word of storage or serialization.

#![allow(clippy::expect_used, reason = "what fails here fails the test")]

use std::path::{Path, PathBuf};
use std::process::Command;

/// All that may be in the program because of the domain: typed ids, and what they are made of.
const ALLOWED: [&str; 7] =
    ["teams-domain", "underpin-id", "uuid", "getrandom", "rand", "rand_core", "cfg-if"];

/// Crates of the operating system and of the compiler, below a random number.
const BELOW: [&str; 6] = ["libc", "r-efi", "wasip2", "wit-bindgen", "js-sys", "wasm-bindgen"];

/// What the code of a domain has no business to say.
const FOREIGN_WORDS: [&str; 12] = [
    "serde", "json", "sql", "underpin", "tokio", "jiff", "chrono", "select", "table", "column", "println",
    "eprintln",
];

fn manifest_dir() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn nothing_but_typed_ids_is_depended_on() {
    let tree = Command::new(env!("CARGO"))
        .args(["tree", "--offline", "--package", "teams-domain"])
        .args(["--edges", "normal,build", "--prefix", "none", "--format", "{p}"])
        .current_dir(manifest_dir())
        .output()
        .expect("cargo runs");
    assert!(tree.status.success(), "{}", String::from_utf8_lossy(&tree.stderr));
    let tree = String::from_utf8(tree.stdout).expect("cargo writes UTF-8");
    let packages: Vec<&str> = tree.lines().filter_map(|line| line.split_whitespace().next()).collect();
    assert!(packages.contains(&"teams-domain") && packages.contains(&"underpin-id"), "{packages:?}");
    for package in packages {
        assert!(
            ALLOWED.contains(&package) || BELOW.contains(&package),
            "the domain must not depend on {package}"
        );
    }
}

#[test]
fn the_code_speaks_of_the_domain_only() {
    let mut files = Vec::new();
    collect(&manifest_dir().join("src"), &mut files);
    assert!(files.len() > 10, "the sources were not found: {files:?}");
    for file in files {
        let text = std::fs::read_to_string(&file).expect("a source file");
        for (number, line) in text.lines().enumerate() {
            let code = line.split("//").next().unwrap_or_default().to_lowercase();
            let mut words = code.split(|character: char| !character.is_alphanumeric() && character != '_');
            let foreign = words.find(|word| FOREIGN_WORDS.contains(word));
            assert_eq!(foreign, None, "{}:{}", file.display(), number + 1);
        }
    }
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            collect(&path, files);
        } else {
            files.push(path);
        }
    }
}
