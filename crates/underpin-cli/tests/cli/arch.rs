//! `arch` hands its arguments on to the linter, and its answer back.

use crate::program::Project;

const CODE: [(&str, &str); 3] = [
    ("Cargo.toml", "[package]\nname = \"shop\"\nversion = \"0.1.0\"\nedition = \"2024\"\n[workspace]\n"),
    ("src/lib.rs", "mod a;\nmod b { pub struct B; }\n"),
    ("src/a.rs", "use crate::b::B;\n"),
];

const CONTRACT: &str =
    "[[contract]]\nid = \"strangers\"\ntype = \"independence\"\nmodules = [\"shop::a\", \"shop::b\"]\n";

#[test]
fn contracts_are_judged() {
    let project = Project::empty();
    for (name, text) in CODE {
        project.file(name, text);
    }
    let missing = project.run(&["arch", "check"]).ended(2, "could not judge");
    assert_eq!(missing.out, "");
    project.file("rules.toml", CONTRACT);
    let broken = project.run(&["arch", "check", "--config", "rules.toml", "--format", "json"]).ended(1, "");
    assert!(broken.out.contains("\"verdict\": \"broken\""), "{}", broken.out);
    let why = project.run(&["arch", "why", "shop::a", "shop::b"]).done();
    assert!(why.out.contains("src/a.rs:1"), "{}", why.out);
    project.file("src/a.rs", "");
    assert!(
        project.run(&["arch", "check", "--config", "rules.toml"]).done().out.contains("strangers   KEPT")
    );
}

#[test]
fn the_help_is_that_of_the_linter() {
    let told = Project::empty().run(&["arch", "--help"]).done();
    assert!(
        told.out.contains("Usage: underpin arch <COMMAND>") && told.out.contains("baseline"),
        "{}",
        told.out
    );
}
