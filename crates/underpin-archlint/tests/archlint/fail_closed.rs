//! Whatever keeps a contract from being judged is an error.

use crate::stage::Stage;

const CODE: &str = "--- src/lib.rs\nmod a;\nmod b;\nmod c { use super::a::A; }\n--- src/a.rs\npub struct A;\n--- src/b.rs\nuse crate::a::A;\n";

fn contract(keys: &str) -> String {
    format!("{CODE}--- archlint.toml\n[[contract]]\nid = \"rule\"\n{keys}\n")
}

macro_rules! unjudged {
    ($($name:ident: $project:expr;)*) => {$(
        #[test]
        fn $name() {
            let report = Stage::new(&$project).check();
            assert!(report.ends_with("exit 2"), "{report}");
            insta::assert_snapshot!(report);
        }
    )*};
}

unjudged! {
    no_config: CODE;
    no_toml: format!("{CODE}--- archlint.toml\n[[contract]\n");
    no_contract: format!("{CODE}--- archlint.toml\n[workspace]\n");
    unknown_key_on_top: format!("{CODE}--- archlint.toml\n\n[[contracts]]\nid = \"a\"\n");
    unknown_key_of_the_workspace: format!("{CODE}--- archlint.toml\n[workspace]\ninclude_test = true\n");
    unknown_key_of_a_contract: contract("type = \"layers\"\nlayer = [\"a\"]");
    unknown_key_of_an_exception: contract(
        "type = \"acyclic\"\nignore = [{ from = \"shop::a\", to = \"shop::b\", reason = \"x\", till = \"2027-01\" }]");
    unknown_key_of_the_preset: format!("{CODE}--- archlint.toml\n[hexagonal]\ndomain = \"a\"\nadapters = \"b\"\nports = \"c\"\n");
    unknown_type: contract("type = \"layer\"\nlayers = [\"a\"]");
    no_id: format!("{CODE}--- archlint.toml\n[[contract]]\ntype = \"acyclic\"\n");
    two_of_one_id: format!("{CODE}--- archlint.toml\n{0}{0}", "[[contract]]\nid = \"a\"\ntype = \"acyclic\"\n");
    missing_module: contract("type = \"forbidden\"\nsource_modules = [\"shop::a::x\"]\nforbidden_modules = [\"shop::b\"]");
    missing_crate: contract("type = \"independence\"\nmodules = [\"shopp\", \"shop::a\"]");
    missing_layer: contract("type = \"layers\"\nin = [\"shop\"]\nlayers = [\"b\", \"a\", \"c\", \"d\"]");
    pattern_that_fits_nothing: contract("type = \"independence\"\nmodules = [\"*::adapters::*\"]");
    unknown_foreign_crate: contract("type = \"forbidden\"\nsource_modules = [\"shop::a\"]\nforbidden_modules = [\"sqlxx\"]");
    unknown_allowed_crate: contract("type = \"externals\"\nin = [\"shop::a\"]\nallow = [\"serdee\"]");
    empty_scope: contract("type = \"externals\"\nin = []\ndeny = [\"std\"]");
    empty_layers: contract("type = \"layers\"\nin = [\"shop\"]\nlayers = []");
    empty_sources: contract("type = \"forbidden\"\nsource_modules = []\nforbidden_modules = [\"shop::a\"]");
    nothing_to_forbid: contract("type = \"derives\"\nin = [\"shop\"]");
    one_independent_module: contract("type = \"independence\"\nmodules = [\"shop::a\"]");
    module_in_no_layer: contract("type = \"layers\"\nin = [\"shop\"]\nlayers = [\"b\", \"a\"]");
    excuse_for_no_module: contract("type = \"layers\"\nin = [\"shop\"]\nlayers = [\"b\", \"a\"]\nexhaustive_ignores = [\"c\", \"d\"]");
    overlapping_layers: contract("type = \"layers\"\nlayers = [\"shop\", \"shop::a\"]");
    overlap_of_source_and_target: contract("type = \"forbidden\"\nsource_modules = [\"shop\"]\nforbidden_modules = [\"shop::a\"]");
    mixed_delimiters: contract("type = \"layers\"\nin = [\"shop\"]\nlayers = [\"a | b : c\"]");
    exception_that_matches_nothing: contract(
        "type = \"acyclic\"\nignore = [{ from = \"shop::a\", to = \"shop::b\", reason = \"once it did\" }]");
    exception_without_reason: contract("type = \"acyclic\"\nignore = [{ from = \"shop::b\", to = \"shop::a\" }]");
    exception_with_an_empty_reason: contract(
        "type = \"acyclic\"\nignore = [{ from = \"shop::b\", to = \"shop::a\", reason = \" \" }]");
    exception_until_nonsense: contract(
        "type = \"acyclic\"\nignore = [{ from = \"shop::b\", to = \"shop::a\", reason = \"x\", until = \"soon\" }]");
    file_that_cannot_be_parsed: "--- archlint.toml\n[[contract]]\nid = \"a\"\ntype = \"acyclic\"\n--- src/lib.rs\n\nfn {\n";
    included_file_that_cannot_be_parsed:
        "--- archlint.toml\n[[contract]]\nid = \"a\"\ntype = \"acyclic\"\n--- src/lib.rs\ninclude!(\"x.in\");\n--- src/x.in\n} {\n";
    included_file_that_is_missing:
        "--- archlint.toml\n[[contract]]\nid = \"a\"\ntype = \"acyclic\"\n--- src/lib.rs\ninclude!(\"x.in\");\n";
    module_without_a_file: "--- archlint.toml\n[[contract]]\nid = \"a\"\ntype = \"acyclic\"\n--- src/lib.rs\nmod gone;\n";
    path_without_a_file:
        "--- archlint.toml\n[[contract]]\nid = \"a\"\ntype = \"acyclic\"\n--- src/lib.rs\n#[path = \"x.rs\"]\nmod gone;\n";
    file_inside_itself:
        "--- archlint.toml\n[[contract]]\nid = \"a\"\ntype = \"acyclic\"\n--- src/lib.rs\n#[path = \"lib.rs\"]\nmod again;\n";
    no_manifest_where_it_should_be: format!("{CODE}--- archlint.toml\n[workspace]\nmanifest = \"no/Cargo.toml\"\n[[contract]]\nid = \"a\"\ntype = \"acyclic\"\n");
    no_member_of_that_name: format!("{CODE}--- archlint.toml\n[workspace]\npackages = [\"bakery\"]\n[[contract]]\nid = \"a\"\ntype = \"acyclic\"\n");
    no_package_at_all: "--- Cargo.toml\n[workspace]\n--- archlint.toml\n[[contract]]\nid = \"a\"\ntype = \"acyclic\"\n";
    missing_baseline: format!("{CODE}--- archlint.toml\n[workspace]\nbaseline = \"b.toml\"\n[[contract]]\nid = \"a\"\ntype = \"acyclic\"\n");
    stale_baseline: format!(
        "{}--- archlint-baseline.toml\n[[accepted]]\ncontract = \"rule\"\nfrom = \"shop::a\"\nto = \"shop::b\"\n",
        contract("type = \"independence\"\nmodules = [\"shop::a\", \"shop::b::none\"]").replace("::none", "")
            .replace("use crate::a::A;", "")
    );
    unknown_key_of_a_baseline: format!(
        "{}--- archlint-baseline.toml\n[[accepted]]\nrule = \"rule\"\n", contract("type = \"acyclic\""));
}

/// A file that is no UTF-8 is no Rust.
#[test]
fn file_of_other_bytes() {
    let stage = Stage::new(&contract("type = \"acyclic\""));
    std::fs::write(stage.path().join("src/a.rs"), [0x66, 0xff, 0xfe]).unwrap();
    let report = stage.check();
    assert!(report.contains("src/a.rs: is no UTF-8") && report.ends_with("exit 2"), "{report}");
}

/// What is there under a condition only, and what cannot be followed, is said but no error.
#[test]
fn what_is_not_analysed_is_said() {
    let stage = Stage::new(
        "--- archlint.toml\n[[contract]]\nid = \"a\"\ntype = \"acyclic\"\n--- src/lib.rs\n\
         include!(concat!(env!(\"OUT_DIR\"), \"/x.rs\"));\n#[cfg(windows)]\nmod windows;\n\
         --- src/left_over.rs\n",
    );
    insta::assert_snapshot!(stage.check());
}
