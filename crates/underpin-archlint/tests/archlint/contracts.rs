//! Every contract, kept and broken.

use crate::stage::Stage;

/// A small hexagon with some things wrong.
const SHOP: &str = "
--- Cargo.toml
[package]
name = \"shop\"
version = \"0.1.0\"
edition = \"2024\"
[dependencies]
serde = \"1\"
sqlx = \"1\"
[workspace]
--- src/lib.rs
pub mod adapters;
pub mod application;
pub mod domain;
pub mod web;
--- src/domain/mod.rs
pub mod account;
pub mod clock;
pub mod ledger;
--- src/domain/account.rs
use super::clock;
#[derive(Clone, serde::Serialize)]
pub struct Account(pub sqlx::types::Uuid);
pub fn now() -> u64 { clock::seconds() }
--- src/domain/clock.rs
pub fn seconds() -> u64 {
    std::time::SystemTime::now().elapsed().unwrap().as_secs()
}
pub fn account(_: super::account::Account) {}
--- src/domain/ledger.rs
use crate::adapters::postgres::Pool;
pub struct Ledger(Pool);
--- src/application/mod.rs
use crate::domain::ledger::Ledger;
pub fn post(_: Ledger) { helper::help(); }
mod helper {
    pub fn help() { crate::web::show(); }
}
--- src/adapters/mod.rs
pub mod memory;
pub mod postgres;
--- src/adapters/memory.rs
pub struct Store;
fn f() { super::postgres::connect(); }
--- src/adapters/postgres.rs
use sqlx::Row;
pub struct Pool;
pub(crate) fn connect() -> Pool { Pool }
--- src/web.rs
pub fn show() { std::println!(\"{}\", crate::domain::account::now()); }
";

fn check(contract: &str) -> String {
    Stage::new(&format!("{SHOP}--- archlint.toml\n{contract}")).check()
}

fn kept(contract: &str) {
    let report = check(contract);
    assert!(report.ends_with("exit 0"), "{report}");
}

macro_rules! broken {
    ($($name:ident: $contract:expr;)*) => {$(
        #[test]
        fn $name() {
            let report = check($contract);
            assert!(report.ends_with("exit 1"), "{report}");
            insta::assert_snapshot!(report);
        }
    )*};
}

broken! {
    layers: "[[contract]]\nid = \"hexagon\"\ntype = \"layers\"\nin = [\"shop\"]\nreason = \"Arrows point inwards.\"\n\
             layers = [\"web\", \"adapters\", \"application\", \"(nothing)\", \"domain\"]";
    layers_of_strangers: "[[contract]]\nid = \"inner\"\ntype = \"layers\"\nin = [\"shop::domain\"]\n\
             layers = [\"account | clock : ledger\"]\n".replace(" : ", " | ").as_str();
    forbidden: "[[contract]]\nid = \"no-sql\"\ntype = \"forbidden\"\nsource_modules = [\"shop::domain\", \"shop::application\"]\n\
                forbidden_modules = [\"sqlx\"]\nhint = \"use a port\"";
    forbidden_straight_only: "[[contract]]\nid = \"no-sql\"\ntype = \"forbidden\"\nsource_modules = [\"shop::*\"]\n\
                forbidden_modules = [\"sqlx\"]\nallow_indirect_imports = true";
    independence: "[[contract]]\nid = \"strangers\"\ntype = \"independence\"\nmodules = [\"*::adapters::*\"]";
    protected: "[[contract]]\nid = \"pool\"\ntype = \"protected\"\nprotected_modules = [\"shop::adapters::postgres\"]\n\
                allowed_importers = [\"shop::adapters\"]";
    acyclic: "[[contract]]\nid = \"circles\"\ntype = \"acyclic\"";
    externals: "[[contract]]\nid = \"pure\"\ntype = \"externals\"\nin = [\"*::domain\"]\nallow = [\"std\", \"serde\"]\n\
                deny = [\"std::time::SystemTime\"]\nreason = \"A domain test must run without clock, disk or network.\"";
    externals_through_others: "[[contract]]\nid = \"silent\"\ntype = \"externals\"\nin = [\"shop::application\"]\n\
                deny = [\"std::println\"]";
    derives: "[[contract]]\nid = \"plain\"\ntype = \"derives\"\nin = [\"shop::domain\"]\nallow = [\"Clone\", \"Debug\"]";
    derives_denied: "[[contract]]\nid = \"plain\"\ntype = \"derives\"\nin = [\"shop::domain\"]\ndeny = [\"serde\"]";
    surface: "[[contract]]\nid = \"own-types\"\ntype = \"surface\"\nin = [\"shop::domain\"]\ndeny = [\"sqlx\"]";
    interface: "[[contract]]\nid = \"door\"\ntype = \"interface\"\nmodules = [\"shop::adapters::postgres\"]\nexpose = [\"Pool\"]";
    hexagonal: "hexagonal = { in = [\"shop\"], domain = \"domain\", application = \"application\", \
                adapters = \"adapters\", entrypoints = \"web\" }";
    exception_that_has_ended: "[[contract]]\nid = \"strangers\"\ntype = \"independence\"\nmodules = [\"*::adapters::*\"]\n\
                ignore = [{ from = \"shop::adapters::memory\", to = \"**::postgres\", reason = \"until the move\", until = \"2020-01\" }]";
}

#[test]
fn layers_without_a_violation() {
    kept(
        "[[contract]]\nid = \"a\"\ntype = \"layers\"\nlayers = [\"shop::web\", \"shop::domain::clock : shop::domain::account\"]",
    );
    kept(
        "[[contract]]\nid = \"a\"\ntype = \"layers\"\nin = [\"shop::domain\"]\nlayers = [\"account : clock : ledger\"]",
    );
    kept(
        "[[contract]]\nid = \"a\"\ntype = \"layers\"\nin = [\"shop::domain\"]\nlayers = [\"account : clock\"]\n\
         exhaustive_ignores = [\"ledger\"]",
    );
    kept(
        "[[contract]]\nid = \"a\"\ntype = \"layers\"\nin = [\"shop::domain\"]\nlayers = [\"ledger\"]\n\
         exhaustive = false",
    );
}

#[test]
fn others_without_a_violation() {
    for contract in [
        "type = \"forbidden\"\nsource_modules = [\"shop::adapters\"]\nforbidden_modules = [\"shop::web\", \"serde\"]",
        "type = \"forbidden\"\nsource_modules = [\"shop::web\"]\nforbidden_modules = [\"sqlx\"]\nallow_indirect_imports = true",
        "type = \"independence\"\nmodules = [\"shop::domain::clock\", \"shop::adapters\"]",
        "type = \"protected\"\nprotected_modules = [\"shop::adapters::postgres\"]\n\
         allowed_importers = [\"shop::adapters\", \"shop::domain::ledger\"]",
        // The manifest's line serves the modules that may.
        "type = \"protected\"\nprotected_modules = [\"sqlx\"]\n\
         allowed_importers = [\"shop::adapters::postgres\", \"shop::domain::account\"]",
        "type = \"acyclic\"\nin = [\"shop::adapters\"]",
        "type = \"acyclic\"\nin = [\"shop\"]\ndepth = 1\nskip_descendants = [\"shop\"]",
        "type = \"externals\"\nin = [\"shop::adapters\"]\nallow = [\"sqlx\"]",
        "type = \"externals\"\nin = [\"shop::application\"]\ndeny = [\"std::println\"]\nallow_indirect_imports = true",
        "type = \"derives\"\nin = [\"shop::domain\"]\nallow = [\"Clone\", \"serde::Serialize\"]",
        "type = \"derives\"\nin = [\"shop::adapters\"]\nallow = []",
        "type = \"surface\"\nin = [\"shop::adapters\"]\ndeny = [\"sqlx\"]",
        "type = \"interface\"\nmodules = [\"shop::adapters::postgres\"]\nexpose = [\"Pool\", \"connect\"]",
    ] {
        kept(&format!("[[contract]]\nid = \"a\"\n{contract}"));
    }
}

/// An exception for the re-export on the way hides what comes through it, and one with time left counts.
#[test]
fn exceptions_hide_imports() {
    kept(
        "[[contract]]\nid = \"strangers\"\ntype = \"independence\"\nmodules = [\"*::adapters::*\"]\n\
         ignore = [{ from = \"shop::adapters::memory\", to = \"**::postgres\", reason = \"a move\", until = \"2999-01\" }]",
    );
}

/// Crates of a workspace, by what their manifests declare and by what their code names.
#[test]
fn crates_are_modules_too() {
    let member = |name: &str, dependencies: &str| {
        format!(
            "--- {name}/Cargo.toml\n[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\
             [dependencies]\n{dependencies}\n"
        )
    };
    let project = [
        "--- Cargo.toml\n[workspace]\nresolver = \"3\"\nmembers = [\"top\", \"middle\", \"low\"]\n".to_owned(),
        member("top", "low = { path = \"../low\" }"),
        member("middle", "basis = { package = \"low\", path = \"../low\" }"),
        member("low", "[dev-dependencies]\ntop = { path = \"../top\" }\n[build-dependencies]\ncc = \"1\""),
        "--- top/src/lib.rs\n--- middle/src/lib.rs\npub use basis::inner::Thing;\n".to_owned(),
        "--- low/src/lib.rs\npub mod inner;\n--- low/src/inner.rs\npub struct Thing;\n".to_owned(),
        "--- low/tests/all.rs\nuse low::inner::Thing;\nuse top as _;\n--- low/build.rs\nfn main() { cc::new(); }\n".to_owned(),
        "--- archlint.toml\n[[contract]]\nid = \"floors\"\ntype = \"layers\"\nlayers = [\"low\", \"middle | top\"]\nexhaustive = true\n"
            .to_owned(),
    ];
    insta::assert_snapshot!(Stage::new(&project.concat()).check());
    let right = project.concat().replace("\"low\", \"middle | top\"]\ne", "\"middle | top\", \"low\"]\ne");
    let report = Stage::new(&right).check();
    assert!(report.ends_with("exit 0"), "{report}");
}

/// What one crate re-exports of another does not count as naming that other one.
#[test]
fn a_facade_is_no_way_round() {
    let project = "
--- Cargo.toml
[workspace]
resolver = \"3\"
members = [\"app\", \"facade\", \"engine\"]
--- app/Cargo.toml
[package]
name = \"app\"
version = \"0.1.0\"
edition = \"2024\"
[dependencies]
facade = { path = \"../facade\" }
--- app/src/main.rs
use facade::Engine;
fn main() {}
--- facade/Cargo.toml
[package]
name = \"facade\"
version = \"0.1.0\"
edition = \"2024\"
[dependencies]
engine = { path = \"../engine\" }
--- facade/src/lib.rs
pub use engine::*;
--- engine/Cargo.toml
[package]
name = \"engine\"
version = \"0.1.0\"
edition = \"2024\"
--- engine/src/lib.rs
pub struct Engine;
--- archlint.toml
[[contract]]
id = \"inside\"
type = \"protected\"
protected_modules = [\"engine\"]
allowed_importers = [\"facade\"]
[[contract]]
id = \"outside\"
type = \"externals\"
in = [\"app\"]
allow = [\"facade\"]
[[contract]]
id = \"never\"
type = \"forbidden\"
source_modules = [\"app\"]
forbidden_modules = [\"engine\"]
";
    insta::assert_snapshot!(Stage::new(project).check());
}
