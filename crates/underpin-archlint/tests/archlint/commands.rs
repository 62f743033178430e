//! The commands besides `check`.

use std::{fs, path::PathBuf};

use underpin_archlint::cli::{GraphFormat, Level, Request, verdict};

use crate::stage::Stage;

const CODE: &str = "
--- src/lib.rs
pub mod a;
pub mod b;
pub mod c;
--- src/a.rs
use crate::b::B;
pub struct A(B);
--- src/b.rs
pub use crate::c::C;
pub struct B(C);
--- src/c.rs
pub struct C;
#[cfg(test)]
mod tests { use crate::a::A; }
";

const INDEPENDENT: &str = "--- archlint.toml\n[[contract]]\nid = \"rule\"\ntype = \"independence\"\nmodules = [\"shop::a\", \"shop::b\", \"shop::c\"]\n";

fn why(from: &str, to: &str) -> String {
    Stage::new(CODE).shown(&Request::Why { config: None, from: from.to_owned(), to: to.to_owned() })
}

#[test]
fn why_shows_chains() {
    insta::assert_snapshot!(why("shop::a", "shop::c"));
}

#[test]
fn why_falls_back_to_tests() {
    insta::assert_snapshot!(why("shop::c", "shop::a"));
}

#[test]
fn why_finds_nothing() {
    insta::assert_snapshot!(why("shop::b", "shop::a"));
}

#[test]
fn why_of_a_missing_module() {
    insta::assert_snapshot!(why("shop::x", "shop::a"));
}

/// What `init` writes holds at once, and it does not write over anything.
#[test]
fn init_proposes_what_holds() {
    let stage = Stage::new(CODE);
    let init = Request::Init { config: None, print: false };
    assert_eq!(stage.run(&init).code, 0);
    insta::assert_snapshot!(stage.read("archlint.toml"));
    assert!(stage.check().ends_with("exit 0"), "{}", stage.check());
    let again = stage.run(&init);
    assert!(again.code == 2 && again.errors.contains("is there already"), "{}", again.errors);
}

#[test]
fn init_puts_a_knot_into_one_layer() {
    let stage = Stage::new(CODE);
    stage.write("src/c.rs", "use crate::a::A;\npub struct C(A);\n");
    let answer = stage.run(&Request::Init { config: None, print: true });
    assert!(answer.output.contains("\"a : b : c\""), "{}", answer.output);
    assert!(answer.output.contains("# A contract `no-circles`"), "{}", answer.output);
}

/// Written once, a baseline accepts what is there; after that it only shrinks.
#[test]
fn a_baseline_only_shrinks() {
    let stage = Stage::new(&format!("{CODE}{INDEPENDENT}"));
    assert!(stage.check().ends_with("exit 1"));
    let baseline = Request::Baseline { config: None };
    assert_eq!(stage.run(&baseline).code, 0);
    insta::assert_snapshot!("baseline_file", stage.read("archlint-baseline.toml"));
    let report = stage.check();
    assert!(report.contains("rule   KEPT (2 in the baseline)") && report.ends_with("exit 0"), "{report}");

    // Something new is refused, in the check and in the baseline.
    stage.write("src/c.rs", "use crate::a::A;\npub struct C;\n");
    assert!(stage.check().contains("shop::c must not import shop::a"));
    let refused = stage.run(&baseline);
    assert!(refused.code == 1 && refused.output.contains("not accepted"), "{refused:?}");
    assert!(stage.check().ends_with("exit 1"));

    // Something that is gone must leave it.
    stage.write("src/c.rs", "pub struct C;\n");
    stage.write("src/a.rs", "pub struct A;\n");
    let stale = stage.check();
    assert!(stale.contains("no longer broken by shop::a -> shop::b") && stale.ends_with("exit 2"), "{stale}");
    assert!(stage.run(&baseline).output.contains("1 accepted, 1 gone"));
    assert!(stage.check().ends_with("exit 0"));
}

#[test]
fn the_preset_is_explained() {
    let stage = Stage::new(&format!(
        "{CODE}--- archlint.toml\nhexagonal = {{ in = [\"shop\"], domain = \"c\", application = \"b\", adapters = \"a\" }}\n"
    ));
    stage.write("src/a.rs", "pub mod one;\npub mod two;\n");
    stage.write("src/a/one.rs", "use crate::b::B;\n");
    stage.write("src/a/two.rs", "");
    let format = underpin_archlint::ReportFormat::Text;
    insta::assert_snapshot!(stage.shown(&Request::Check { config: None, format, explain: true }));
}

/// The contracts that are explained are the ones that are judged.
#[test]
fn the_explanation_can_be_taken_over() {
    let preset = "hexagonal = { in = [\"shop\"], domain = \"c\", application = \"b\", adapters = \"a\" }\n";
    let stage = Stage::new(&format!("{CODE}--- archlint.toml\n{preset}"));
    stage.write("src/c.rs", "use crate::a::A;\npub struct C;\n");
    stage.write("src/a.rs", "pub mod one;\npub mod two;\npub struct A;\n");
    stage.write("src/a/one.rs", "");
    stage.write("src/a/two.rs", "");
    let short = stage.check();
    assert!(short.ends_with("exit 1"), "{short}");
    let format = underpin_archlint::ReportFormat::Text;
    let explained = stage.run(&Request::Check { config: None, format, explain: true }).errors;
    stage.write("archlint.toml", &explained);
    assert_eq!(stage.check(), short);
}

/// Facts that are kept change nothing, and neither do files that changed while they were kept.
#[test]
fn facts_are_kept_and_renewed() {
    let stage = Stage::new(&format!("{CODE}{INDEPENDENT}"));
    let first = stage.check();
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or(stage.path().join("target"), PathBuf::from);
    let own = |file: &PathBuf| {
        let text = fs::read_to_string(file).unwrap_or_default();
        text.contains(&*stage.path().to_string_lossy())
    };
    let files = fs::read_dir(target.join("archlint")).unwrap().map(|file| file.unwrap().path());
    let facts = files.filter(|file| file.is_file()).find(own).unwrap();
    assert_eq!(stage.check(), first);
    stage.write("src/a.rs", "use crate::c::C;\npub struct A(C);\n");
    let second = stage.check();
    assert!(second.contains("shop::a must not import shop::c") && second != first, "{second}");
    fs::write(&facts, "{ no facts").unwrap();
    assert_eq!(stage.check(), second);
}

#[test]
fn a_test_of_one_line() {
    let stage = Stage::new(&format!("{CODE}{INDEPENDENT}"));
    let report = verdict(&stage.path().join("archlint.toml")).unwrap_err();
    assert!(report.contains("rule   BROKEN") && report.contains("src/a.rs:1"), "{report}");
    stage.write("src/a.rs", "pub struct A;\n");
    stage.write("src/b.rs", "pub struct B;\n");
    assert_eq!(verdict(&stage.path().join("archlint.toml")), Ok(()));
    let missing = verdict(&stage.path().join("no.toml")).unwrap_err();
    assert!(missing.contains("could not judge"), "{missing}");
}

/// Pictures need no contracts.
#[test]
fn a_picture_without_contracts() {
    let request = Request::Graph {
        config: None,
        format: GraphFormat::Mermaid,
        level: Level::Module,
        focus: None,
        outline: false,
    };
    insta::assert_snapshot!(Stage::new(CODE).shown(&request));
}
