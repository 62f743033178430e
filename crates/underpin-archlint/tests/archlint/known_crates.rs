//! Crates that everybody knows, from the registry's folder, where the build of this workspace has put them.
//!
//! What must be true of any crate that compiles: every file is read, every foreign crate that code names is
//! declared, and the modules are those that the compiler knows, besides what conditions leave out.

use std::{
    collections::BTreeSet,
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

use underpin_archlint::{Context, Graph, NodeKind, cli::verdict, read_graph};

use crate::stage::Stage;

/// The folder of a crate's newest version that is there.
fn folder(name: &str) -> PathBuf {
    let home = env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| env::home_dir().map(|home| home.join(".cargo"))).unwrap();
    let registries = fs::read_dir(home.join("registry/src")).unwrap();
    let mut found: Vec<PathBuf> = registries
        .flat_map(|registry| fs::read_dir(registry.unwrap().path()).unwrap())
        .map(|folder| folder.unwrap().path())
        .filter(|folder| {
            let file = folder.file_name().unwrap().to_string_lossy().into_owned();
            let version = file.strip_prefix(&format!("{name}-")).map(str::to_owned);
            version.is_some_and(|version| version.starts_with(|first: char| first.is_ascii_digit()))
        })
        .collect();
    found.sort();
    found.pop().unwrap_or_else(|| panic!("{name} is not in the registry's folder"))
}

/// The crate without its tests, examples and benchmarks, which packages leave out by halves.
fn stage(name: &str) -> Stage {
    let stage = Stage::new("");
    let from = folder(name);
    copy(&from.join("src"), &stage.path().join("src"));
    let manifest = fs::read_to_string(from.join("Cargo.toml")).unwrap();
    let mut kept = String::new();
    let mut skipping = false;
    for line in manifest.lines() {
        if line.starts_with('[') {
            skipping =
                ["[[test", "[[example", "[[bench", "[[bin"].iter().any(|table| line.starts_with(table));
        }
        // A build script names crates of its own.
        if !skipping && !line.starts_with("build = ") {
            kept += &format!("{line}\n");
        }
    }
    stage.write("Cargo.toml", &(kept + "\n[workspace]\n"));
    stage
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &to.join(entry.file_name()));
        } else {
            fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
        }
    }
}

fn graph(stage: &Stage) -> Graph {
    read_graph(&stage.path().join("Cargo.toml"), &[]).unwrap_or_else(|error| panic!("{error}"))
}

/// Foreign crates that code names without the manifest declaring them.
fn undeclared(graph: &Graph) -> BTreeSet<String> {
    let nodes = graph.nodes();
    let first = |node: usize| nodes[node].path.split("::").next().unwrap_or_default().to_owned();
    let of = |dependency: bool| {
        let edges = graph.edges().iter().filter(move |edge| {
            nodes[edge.to].kind == NodeKind::External
                && (edge.kind == underpin_archlint::EdgeKind::Dependency) == dependency
                && (dependency || edge.context == Context::Normal)
        });
        edges.map(|edge| first(edge.to)).collect::<BTreeSet<String>>()
    };
    let built_in = ["std", "core", "alloc", "proc_macro", "test"].map(str::to_owned);
    &(&of(false) - &of(true)) - &built_in.into()
}

/// A contract, and whether it is kept.
type Case = (&'static str, &'static str, bool);

/// Reads a crate and judges contracts about what is known of it.
fn known(name: &str, undeclared_names: &[&str], cases: &[Case]) {
    let stage = stage(name);
    let graph = graph(&stage);
    let expected: BTreeSet<String> = undeclared_names.iter().map(|&name| name.to_owned()).collect();
    assert_eq!(undeclared(&graph), expected, "{name}");
    for (kind, keys, kept) in cases {
        stage.write("archlint.toml", &format!("[[contract]]\nid = \"known\"\ntype = \"{kind}\"\n{keys}\n"));
        let judged = verdict(&stage.path().join("archlint.toml"));
        let report = judged.as_ref().err().cloned().unwrap_or_default();
        assert!(!report.contains("could not judge"), "{name} {keys}: {report}");
        assert_eq!(judged.is_ok(), *kept, "{name} {keys}: {report}");
    }
}

macro_rules! known_crates {
    ($($test:ident: $name:expr, [$($undeclared:expr),*], [$($case:expr),* $(,)?];)*) => {$(
        #[test]
        fn $test() {
            known($name, &[$($undeclared),*], &[$($case),*]);
        }
    )*};
}

known_crates! {
    bytes: "bytes", [], [
        ("layers", "layers = [\"bytes::buf\", \"bytes::loom\"]", true),
        ("forbidden", "source_modules = [\"bytes::loom\"]\nforbidden_modules = [\"bytes::bytes_mut\"]", true),
        ("forbidden", "source_modules = [\"bytes::bytes_mut\"]\nforbidden_modules = [\"bytes::bytes\"]", false),
    ];
    hashbrown: "hashbrown", [], [
        ("externals", "in = [\"hashbrown\"]\ndeny = [\"std::fs\", \"std::net\", \"std::process\"]", true),
    ];
    memchr: "memchr", [], [
        // It can log, by a feature.
        ("externals", "in = [\"memchr\"]\nallow = [\"core\", \"std\", \"alloc\"]", false),
        ("externals", "in = [\"memchr\"]\nallow = [\"core\", \"std\", \"alloc\", \"log\", \"rustc_std_workspace_core\"]", true),
    ];
    rusqlite: "rusqlite", [], [
        ("externals", "in = [\"rusqlite\"]\ndeny = [\"std::net\", \"std::process\"]", true),
        ("externals", "in = [\"rusqlite::statement\"]\ndeny = [\"libsqlite3_sys\"]", false),
    ];
    rustls: "rustls", [], [
        ("externals",
            "in = [\"rustls::msgs\"]\ndeny = [\"std::fs\", \"std::net::TcpStream\"]\nallow_indirect_imports = true", true),
        ("forbidden",
            "source_modules = [\"rustls::msgs::codec\"]\nforbidden_modules = [\"rustls::conn\"]\nallow_indirect_imports = true",
            true),
        ("externals", "in = [\"rustls::key_log_file\"]\ndeny = [\"std::fs\"]", false),
    ];
    serde_core: "serde_core", [], [
        ("forbidden", "source_modules = [\"serde_core::ser\"]\nforbidden_modules = [\"serde_core::de\"]\n\
            allow_indirect_imports = true", true),
    ];
    serde_json: "serde_json", [], [
        ("externals", "in = [\"serde_json\"]\ndeny = [\"std::fs\", \"std::net\", \"std::process\"]", true),
        ("forbidden", "source_modules = [\"serde_json::read\"]\nforbidden_modules = [\"serde_json::ser\"]\n\
            allow_indirect_imports = true", true),
        ("forbidden", "source_modules = [\"serde_json::value\"]\nforbidden_modules = [\"serde_json::ser\"]", false),
    ];
    syn: "syn", [], [
        ("externals", "in = [\"syn\"]\ndeny = [\"std::fs\", \"std::net\"]", true),
        ("externals", "in = [\"syn::ident\"]\ndeny = [\"proc_macro2\"]", false),
    ];
    tokio: "tokio", [], [
        ("forbidden", "source_modules = [\"tokio::io::util\"]\nforbidden_modules = [\"tokio::net\"]\n\
            allow_indirect_imports = true", true),
        ("forbidden", "source_modules = [\"tokio::net\"]\nforbidden_modules = [\"tokio::io\"]\n\
            allow_indirect_imports = true", false),
        ("externals", "in = [\"tokio::sync\"]\ndeny = [\"std::fs\", \"std::net\"]\nallow_indirect_imports = true", true),
    ];
    tokio_postgres: "tokio-postgres", [], [
        ("externals", "in = [\"tokio_postgres::config\"]\ndeny = [\"std::fs\"]\nallow_indirect_imports = true", true),
        ("externals", "in = [\"tokio_postgres::prepare\"]\ndeny = [\"postgres_protocol\"]", false),
    ];
    toml: "toml", [], [
        ("surface", "in = [\"toml\"]\ndeny = [\"winnow\"]", true),
    ];
    // The package `md-5` has a library `md5`, which its manifest alone tells.
    uuid: "uuid", ["md5"], [
        ("derives", "in = [\"uuid\"]\ndeny = [\"FromRow\"]", true),
        ("derives", "in = [\"uuid\"]\ndeny = [\"Hash\"]", false),
    ];
}

/// Crates without dependencies, whose modules the compiler can be asked for at once.
#[test]
fn modules_are_those_of_the_compiler() {
    for (name, features) in [("bytes", "std"), ("memchr", "std"), ("regex-syntax", "unicode")] {
        let stage = stage(name);
        let graph = graph(&stage);
        let ours: BTreeSet<String> = graph
            .nodes()
            .iter()
            .filter(|node| node.kind != NodeKind::External && !node.test)
            .map(|node| node.path.clone())
            .collect();
        let theirs = modules_of_compiler(&stage, &name.replace('-', "_"), features);
        assert!(theirs.len() > 5, "{name}: {theirs:?}");
        assert_eq!(&theirs - &ours, BTreeSet::new(), "{name}: the compiler knows more");
        for extra in &ours - &theirs {
            assert!(is_conditional(&stage, &graph, &extra, &theirs), "{name}: {extra} is no module");
        }
    }
}

/// Asks rustdoc for every module, private ones too.
fn modules_of_compiler(stage: &Stage, name: &str, feature: &str) -> BTreeSet<String> {
    let out = stage.path().join("doc");
    let output = Command::new(env::var_os("RUSTDOC").unwrap_or_else(|| "rustdoc".into()))
        .env("RUSTC_BOOTSTRAP", "1")
        .current_dir(stage.path())
        .args(["src/lib.rs", "--crate-name", name, "--edition", "2021", "--cap-lints", "allow"])
        .args(["--document-private-items", "--document-hidden-items", "-Zunstable-options"])
        .args(["--output-format", "json", "--cfg", &format!("feature=\"{feature}\""), "--out-dir"])
        .arg(&out)
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = fs::read_to_string(out.join(format!("{name}.json"))).unwrap();
    let json: serde_json::Value = serde_json::from_str(&text).unwrap();
    let own = json["paths"].as_object().unwrap().values();
    own.filter(|path| path["crate_id"] == 0 && path["kind"] == "module")
        .map(|path| {
            let words: Vec<&str> =
                path["path"].as_array().unwrap().iter().filter_map(|word| word.as_str()).collect();
            words.join("::")
        })
        .collect()
}

/// Whether a module stands under a condition, or inside one that the compiler does not know either.
fn is_conditional(stage: &Stage, graph: &Graph, path: &str, theirs: &BTreeSet<String>) -> bool {
    let Some((parent, name)) = path.rsplit_once("::") else { return false };
    if !theirs.contains(parent) {
        return true;
    }
    let node = graph.nodes().iter().find(|node| node.path == parent).unwrap();
    let text = fs::read_to_string(stage.path().join(&graph.files()[node.file.unwrap()])).unwrap();
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let declared =
        |line: &str| line.trim_end_matches([';', '{']).trim_end().ends_with(&format!("mod {name}"));
    lines.iter().enumerate().filter(|(_, line)| declared(line)).any(|(at, _)| {
        lines[..at]
            .iter()
            .rev()
            .take_while(|line| !line.is_empty() && !line.ends_with(';'))
            .any(|line| line.contains("cfg"))
    })
}
