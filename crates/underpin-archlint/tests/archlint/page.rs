//! The reference page of the keys, `docs/architecture-linter.md`: its examples are judged, and it has every key.

use std::process::Command;

use crate::stage::{Stage, without_time};

const PAGE: &str = include_str!("../../../../docs/architecture-linter.md");

/// A fenced block: its kind, the file that the line before it names, and what stands in it.
struct Block {
    line: usize,
    kind: &'static str,
    file: Option<&'static str>,
    text: &'static str,
}

fn blocks() -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut rest = PAGE;
    while let Some((before, fenced)) = rest.split_once("\n```") {
        let (kind, body) = fenced.split_once('\n').expect("a block has lines");
        let at = body.find("```").expect("a block ends");
        let named =
            before.lines().rev().find(|line| !line.is_empty()).and_then(|line| line.strip_suffix("`:"));
        let file = named.and_then(|line| line.rsplit_once('`')).map(|(_, file)| file);
        let line = PAGE.len() - rest.len() + before.len() + 1;
        let line = PAGE[..line].lines().count() + 1;
        blocks.push(Block { line, kind, file, text: &body[..at] });
        rest = &body[at + 3..];
    }
    blocks
}

/// Whether a report is as it is shown: a line `…` stands for any lines, and durations are left out.
fn fits(shown: &str, report: &str) -> bool {
    let shown = without_time(shown);
    let mut at = 0;
    let parts: Vec<&str> = shown.trim_end().split("…\n").collect();
    for (number, part) in parts.iter().enumerate() {
        match report[at..].find(part) {
            Some(found) if found == 0 || number > 0 => at += found + part.len(),
            _ => return false,
        }
    }
    report[at..].trim_end().is_empty()
}

/// What a command of the page prints.
fn run(stage: &Stage, command: &str) -> String {
    let arguments = command.strip_prefix("underpin arch ").expect("a command of the linter");
    let mut program = Command::new(env!("CARGO_BIN_EXE_underpin-archlint"));
    let ended = program.args(arguments.split(' ')).current_dir(stage.path()).output().expect("it runs");
    let text = String::from_utf8_lossy(&ended.stdout) + String::from_utf8_lossy(&ended.stderr);
    without_time(&text)
}

#[test]
fn its_examples_are_judged_as_it_says() {
    let stage = Stage::new("--- Cargo.toml\n");
    let blocks = blocks();
    let mut judged = 0;
    for (number, Block { line, kind, file, text }) in blocks.iter().enumerate() {
        match (*kind, file) {
            ("toml" | "rust", Some(file)) => stage.write(file, text),
            ("toml", None) => {
                stage.write("archlint.toml", text);
                let report = stage.check().replace("[folder]", ".");
                let next = blocks.get(number + 1).filter(|next| next.kind == "text");
                let shown = next.map_or("…\nexit 0", |next| next.text);
                // What is broken there is accepted by the command behind it.
                let is_baseline =
                    blocks.get(number + 1).is_some_and(|next| next.text.contains("arch baseline"));
                assert!(is_baseline || fits(shown, &report), "line {line}: the report is\n{report}");
                judged += 1;
            }
            ("text", None) => assert_eq!(blocks[number - 1].kind, "toml", "line {line}"),
            ("console", None) => {
                for step in text.split("$ ").skip(1) {
                    let (command, shown) = step.split_once('\n').expect("a command");
                    let report = run(&stage, command);
                    assert!(fits(shown, &report), "line {line}: `{command}` prints\n{report}");
                }
            }
            (kind, _) => panic!("line {line}: nothing checks `{kind}`"),
        }
    }
    assert!(judged >= 12, "{judged}");
}

/// The keys are those that the parser names when it meets another one.
#[test]
fn it_has_every_key() {
    let kinds = [
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
    let mut files: Vec<(String, String)> = kinds
        .iter()
        .map(|kind| {
            (format!("### `{kind}`"), format!("[[contract]]\nid = \"a\"\ntype = \"{kind}\"\nunknown = 1\n"))
        })
        .collect();
    files.push(("## The file".to_owned(), "[workspace]\nunknown = 1\n".to_owned()));
    files.push(("## The preset".to_owned(), "[hexagonal]\nunknown = 1\n".to_owned()));
    let ignore = "[[contract]]\nid = \"a\"\ntype = \"acyclic\"\nignore = [{ unknown = 1 }]\n";
    files.push(("### Exceptions".to_owned(), ignore.to_owned()));
    for (heading, file) in files {
        let (_, section) = PAGE.split_once(&format!("\n{heading}")).expect(&heading);
        let section = section.split("\n#").next().unwrap_or_default();
        let report = Stage::new(&format!("--- src/lib.rs\n--- archlint.toml\n{file}")).check();
        let (_, expected) = report.split_once("expected ").unwrap_or_else(|| panic!("{heading}: {report}"));
        let expected = expected.lines().next().unwrap_or_default();
        let keys: Vec<&str> = expected.split('`').skip(1).step_by(2).collect();
        assert!(!keys.is_empty(), "{heading}: {report}");
        for key in keys {
            assert!(section.contains(&format!("`{key}`")), "{heading} lacks `{key}`: {report}");
        }
    }
}
