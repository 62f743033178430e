//! Every known way from one module to another that must not be imported.

use crate::stage::Stage;

/// Everything but the file of the domain. `infra::db` is what it must not reach.
const PROJECT: &str = "
--- archlint.toml
[[contract]]
id = \"pure-domain\"
type = \"forbidden\"
source_modules = [\"shop::domain\"]
forbidden_modules = [\"shop::infra\"]
--- src/lib.rs
#[macro_use]
mod macros;
mod domain;
mod infra;
mod prelude;
mod shared;
--- src/macros.rs
#[macro_export]
macro_rules! connect {
    () => { $crate::infra::db::connect() };
}
--- src/prelude.rs
pub use crate::shared::*;
--- src/shared.rs
pub use crate::infra::db::{Pool, Query};
pub struct Other;
--- src/infra/mod.rs
pub mod db;
--- src/infra/db.rs
pub struct Pool;
pub trait Query { fn q() -> u8; }
impl Query for u8 { fn q() -> u8 { 0 } }
pub fn connect() -> Pool { Pool }
";

/// Checks the project with a domain.
fn with_domain(files: &str) -> String {
    Stage::new(&format!("{PROJECT}{files}")).check()
}

fn with_file(text: &str) -> String {
    with_domain(&format!("--- src/domain.rs\n{text}\n"))
}

macro_rules! ways {
    ($($name:ident: $text:expr;)*) => {$(
        #[test]
        fn $name() {
            let report = with_file($text);
            assert!(report.contains("pure-domain   BROKEN"), "{report}");
            insta::assert_snapshot!(report);
        }
    )*};
}

ways! {
    w01_use: "use crate::infra::db::Pool;";
    w02_full_path_in_a_body: "fn f() {\n    let _ = crate::infra::db::connect();\n}";
    w03_super: "mod inner {\n    use super::super::infra::db::Pool;\n}";
    w04_nested_group_with_self: "use crate::{shared::Other, infra::{db::{self as d}}};\nfn f() { d::connect(); }";
    w05_glob: "use crate::infra::db::*;";
    w06_crate_under_another_name: "use crate as root;\nfn f() {\n    root::infra::db::connect();\n}";
    w07_through_a_re_export: "use crate::shared::Pool;";
    w08_through_macro_rules: "fn f() {\n    connect!();\n}";
    w09_through_a_prelude: "use crate::prelude::*;\nfn f(_: Pool) {}";
    w10_use_in_a_function_of_an_inline_module:
        "mod inner {\n    fn f() {\n        use crate::infra::db;\n        db::connect();\n    }\n}";
    w11_qualified_path: "fn f() -> u8 {\n    <u8 as crate::infra::db::Query>::q()\n}";
    w13_macro_input: "fn f() {\n    println!(\"{:p}\", &crate::infra::db::connect());\n}";
    w14_impl_header: "trait T<P> {}\nimpl T<crate::infra::db::Pool> for u8 {}";
    w15_where_clause: "fn f<T>(_: T)\nwhere\n    Option<Box<T>>: Into<Vec<crate::infra::db::Pool>>,\n{}";
    w16_glob_of_an_ancestor: "mod inner {\n    use crate::*;\n    fn f() {\n        infra::db::connect();\n    }\n}";
}

/// Found, told apart, and judged only if that is asked for.
#[test]
fn w12_for_tests_only() {
    let domain = "--- src/domain.rs\n#[cfg(test)]\nmod tests {\n    use crate::infra::db::Pool;\n}\n";
    assert!(with_domain(domain).contains("pure-domain   KEPT"));
    let strict = format!("{PROJECT}{domain}")
        .replace("[[contract]]", "[workspace]\ninclude_tests = true\n[[contract]]");
    insta::assert_snapshot!(Stage::new(&strict).check());
}

#[test]
fn w17_file_mounted_by_path() {
    let report = with_domain(
        "--- src/domain.rs\n#[path = \"../elsewhere/hidden.rs\"]\nmod hidden;\n\
         --- elsewhere/hidden.rs\nuse crate::infra::db::Pool;\n",
    );
    insta::assert_snapshot!(report);
}

ways! {
    more_macro_with_a_group: "macro_rules! m {\n    () => { use $crate::{infra::{db::Pool}}; };\n}";
    more_derive_helper_text: "#[derive(Debug)]\n#[serde(with = \"crate::infra::db\")]\nstruct A;";
    more_attribute_argument: "#[validate(custom = crate::infra::db::connect)]\nstruct A;";
    more_trait_by_prelude_glob: "use crate::prelude::*;";
    more_pattern: "fn f(p: P) {\n    let crate::infra::db::Pool = p;\n}";
    more_macro_that_lets_items_through: "cfg_if! {\n    if #[cfg(unix)] {\n        use crate::infra::db;\n    }\n}";
    more_type_alias_elsewhere: "mod names {\n    pub type P = crate::infra::db::Pool;\n}\nuse names::P;";
    more_feature: "#[cfg(feature = \"sql\")]\nuse crate::infra::db::Pool;";
    more_const_generic_default: "struct A<const N: usize = { crate::infra::db::SIZE }>;";
    more_raw_identifier: "use crate::r#infra::r#db::Pool;";
    more_extern_crate_self: "extern crate self as shop;\nuse shop::infra::db::Query;";
}

#[test]
fn more_include() {
    let report = with_domain(
        "--- src/domain.rs\ninclude!(\"parts/tables.in\");\n--- src/parts/tables.in\nuse crate::infra::db::Pool;\n",
    );
    insta::assert_snapshot!(report);
}

#[test]
fn more_include_of_an_expression() {
    let report = with_domain(
        "--- src/domain.rs\nfn f() {\n    let _ = include!(\"one.in\");\n}\n--- src/one.in\n[crate::infra::db::connect()]\n",
    );
    assert!(report.contains("BROKEN"), "{report}");
}

/// None of these is an import, however much it looks like one.
#[test]
fn what_is_no_way() {
    for text in [
        "/// See [`crate::infra::db::Pool`].\npub struct A;",
        "// use crate::infra::db::Pool;",
        "const A: &str = \"crate::infra::db::Pool\";",
        "use crate::shared::Other;",
        "mod infra { pub struct Pool; }\nuse infra::Pool;",
        "fn f(infra: u8) -> u8 { infra }",
        "struct A { infra: u8 }\nfn f(a: A) -> u8 { a.infra }",
        "fn f<Pool>(p: Pool) -> Pool { p }",
        "fn f() { println!(\"crate::infra::db {}\", 1); }",
    ] {
        let report = with_file(text);
        assert!(report.contains("pure-domain   KEPT"), "{text}\n{report}");
    }
}

/// The body of a macro declares the module whose file holds the import.
#[test]
fn more_module_declared_by_a_macro() {
    let report = with_domain(
        "--- src/domain.rs\nmacro_rules! modules {\n    () => { mod hidden; use $crate::shared::Other; };\n}\nmodules!();\n\
         --- src/domain/hidden.rs\nuse crate::infra::db::Pool;\n",
    );
    insta::assert_snapshot!(report);
}

/// Code in `quote!` is somebody else's; the macro's name is the crate's too.
#[test]
fn quoted_code_is_no_way() {
    let manifest = "--- Cargo.toml\n[package]\nname = \"shop\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\
                    [dependencies]\nquote = \"1\"\n[workspace]\n";
    let quoting = |import: &str| {
        let domain = format!(
            "--- src/domain.rs\n{import}\nfn f() {{ let _ = quote! {{ crate::infra::db::connect() }}; }}\n"
        );
        Stage::new(&format!("{manifest}{PROJECT}{domain}")).check()
    };
    assert!(quoting("use quote::quote;").contains("pure-domain   KEPT"), "{}", quoting("use quote::quote;"));
    // Any other macro of that name may do with its input what it likes.
    assert!(quoting("macro_rules! quote { ($e:expr) => { $e }; }").contains("pure-domain   BROKEN"));
}
