//! Wrong programs do not compile, and the message names the mistake on one screen.

#![allow(clippy::unwrap_used, reason = "tests")]

/// The most lines that the messages of one mistake may have together.
const LINES: usize = 25;

/// The most lines of the first of them, which names the mistake.
const FIRST: usize = 29;

/// Programs whose mistake the compiler tells at more than [`LINES`]: how many, and why.
const LONGER: &[(&str, usize, &str)] = &[
    ("column_in_subquery", 29, "the compiler adds how the tables of the condition came about"),
    ("entity_in_insert_many", 36, "the next method of a chain is complained of as well"),
    ("enum_without_clone", 156, "once for each function of a row that speaks of the enumeration"),
    ("foreign_key_as_parts", 120, "once for each `PartRows`: what is no list has no rows"),
    (
        "key_of_another_type",
        73,
        "a call of an `async fn` is complained of as argument, as call and as future",
    ),
    ("row_as_part", 26, "it lists the kinds of parts"),
    ("row_in_select", 38, "the next method of a chain is complained of as well"),
    ("text_and_number_columns", 27, "the method comes from a macro, which is shown"),
    ("type_as_part", 138, "once for each `PartRows`: what is no part has no rows"),
];

#[test]
fn wrong_programs_are_told_what_is_wrong() {
    trybuild::TestCases::new().compile_fail("tests/wrong/*.rs");
}

#[test]
fn messages_fit_on_a_screen() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/wrong");
    let mut messages = 0;
    let mut longer = Vec::new();
    for file in std::fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "stderr") {
            continue;
        }
        messages += 1;
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let text = std::fs::read_to_string(&path).unwrap();
        let first = text.split("\n\nerror").next().unwrap().lines().count();
        assert!(first <= FIRST, "the first message of {name} has {first} lines");
        let lines = text.lines().count();
        if lines > LINES {
            longer.push((name, lines));
        }
    }
    assert!(messages >= 56, "only {messages} messages");
    longer.sort();
    let known: Vec<_> = LONGER.iter().map(|(name, lines, _)| ((*name).to_owned(), *lines)).collect();
    assert_eq!(longer, known, "messages of more than {LINES} lines");
}
