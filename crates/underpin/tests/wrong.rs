//! Wrong programs do not compile, and the message names the mistake on one screen.

#![allow(clippy::unwrap_used, reason = "tests")]

/// The most lines that the messages of one mistake may have together.
const LINES: usize = 25;

/// Programs whose mistake the compiler tells at more than [`LINES`]: how many, and why.
const LONGER: &[(&str, usize, &str)] = &[
    (
        "conditions_by_operator",
        32,
        "`&&` is of the language: both sides are complained of, then what comes of it",
    ),
    ("one_row_in_insert_many", 29, "what is no iterator is complained of at `execute` as well"),
    (
        "row_of_another_type",
        27,
        "both methods of the mapping are wrong, and the compiler suggests how to change each",
    ),
    ("work_that_gives_nothing", 54, "`run` is an `async fn`, for work that need not be `Send`"),
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
        assert!(first <= LINES, "the first message of {name}, which names the mistake, has {first} lines");
        let lines = text.lines().count();
        if lines > LINES {
            longer.push((name, lines));
        }
    }
    assert!(messages >= 137, "only {messages} messages");
    longer.sort();
    let known: Vec<_> = LONGER.iter().map(|(name, lines, _)| ((*name).to_owned(), *lines)).collect();
    assert_eq!(longer, known, "messages of more than {LINES} lines");
}
