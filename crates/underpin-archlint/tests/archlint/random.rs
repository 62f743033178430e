//! Random module trees with random imports give the edges that were meant.

use std::collections::BTreeSet;

use proptest::{collection::vec, prelude::*, sample::Index};
use underpin_archlint::{Context, NodeKind, read_graph_afresh};

use crate::stage::Stage;

/// Where the body of a module stands.
#[derive(Clone, Copy, Debug)]
enum Body {
    File,
    Folder,
    Inline,
    Moved,
}

/// How one module names another.
#[derive(Clone, Copy, Debug)]
enum Way {
    Use,
    UseSuper,
    Group,
    Renamed,
    Glob,
    Path,
    Field,
    MacroInput,
    InFunction,
    Tests,
    ReExport(usize),
    Macro(usize),
}

#[derive(Clone, Debug)]
struct Import {
    from: usize,
    to: usize,
    way: Way,
}

/// A tree: the parent of each module but the root, which is 0, and where its body is.
#[derive(Clone, Debug)]
struct Plan {
    parents: Vec<usize>,
    bodies: Vec<Body>,
    imports: Vec<Import>,
}

fn body() -> impl Strategy<Value = Body> {
    prop_oneof![Just(Body::File), Just(Body::Folder), Just(Body::Inline), Just(Body::Moved)]
}

fn plan() -> impl Strategy<Value = Plan> {
    let modules = vec((any::<Index>(), body()), 1..9);
    let imports = vec((any::<Index>(), any::<Index>(), any::<Index>(), 0..12_u8), 0..24);
    (modules, imports).prop_map(|(modules, imports)| {
        let count = modules.len() + 1;
        let parents = modules.iter().enumerate().map(|(at, (parent, _))| parent.index(at + 1)).collect();
        let import = |(from, to, other, way): &(Index, Index, Index, u8)| Import {
            from: from.index(count),
            to: to.index(count),
            way: match way {
                0 => Way::Use,
                1 => Way::UseSuper,
                2 => Way::Group,
                3 => Way::Renamed,
                4 => Way::Glob,
                5 => Way::Path,
                6 => Way::Field,
                7 => Way::MacroInput,
                8 => Way::InFunction,
                9 => Way::Tests,
                10 => Way::ReExport(other.index(count)),
                _ => Way::Macro(other.index(count)),
            },
        };
        Plan {
            parents,
            bodies: modules.iter().map(|(_, body)| *body).collect(),
            imports: imports.iter().map(import).collect(),
        }
    })
}

impl Plan {
    fn count(&self) -> usize {
        self.parents.len() + 1
    }

    fn parent(&self, module: usize) -> Option<usize> {
        module.checked_sub(1).map(|at| self.parents[at])
    }

    /// Names from the root down to a module.
    fn names(&self, module: usize) -> Vec<String> {
        match self.parent(module) {
            Some(parent) => {
                let mut names = self.names(parent);
                names.push(format!("m{module}"));
                names
            }
            None => Vec::new(),
        }
    }

    fn path(&self, root: &str, module: usize) -> String {
        let mut names = vec![root.to_owned()];
        names.extend(self.names(module));
        names.join("::")
    }

    /// The edges that are meant: from, to, and whether for tests only.
    fn meant(&self) -> BTreeSet<(String, String, bool)> {
        let mut meant = BTreeSet::new();
        let mut edge = |from: usize, to: usize, test: bool| {
            if from != to {
                meant.insert((self.path("shop", from), self.path("shop", to), test));
            }
        };
        for import in &self.imports {
            match import.way {
                Way::ReExport(through) => {
                    edge(through, import.to, false);
                    edge(import.from, through, false);
                    edge(import.from, import.to, false);
                }
                Way::Macro(through) => {
                    edge(through, import.to, false);
                    edge(import.from, through, false);
                }
                way => edge(import.from, import.to, matches!(way, Way::Tests)),
            }
        }
        meant
    }

    /// The text of a module's own items.
    fn items(&self, module: usize) -> String {
        let mut text = format!("pub struct T{module};\npub fn f{module}() {{}}\n");
        for (at, import) in self.imports.iter().enumerate() {
            let (to, target) = (import.to, self.path("crate", import.to));
            if let Way::ReExport(through) = import.way
                && through == module
            {
                text += &format!("pub use {target}::T{to} as R{at};\n");
            }
            if let Way::Macro(through) = import.way
                && through == module
            {
                let absolute = target.replacen("crate", "$crate", 1);
                text += &format!(
                    "#[macro_export]\nmacro_rules! call{at} {{ () => {{ {absolute}::f{to}() }}; }}\n"
                );
            }
            if import.from != module {
                continue;
            }
            let up = "super::".repeat(self.names(module).len());
            text += &match import.way {
                Way::Use => format!("use {target}::T{to} as A{at};\n"),
                Way::UseSuper if up.is_empty() => {
                    format!("use self::{}::T{to} as A{at};\n", self.tail(to)).replace("::::", "::")
                }
                Way::UseSuper => {
                    format!("use {up}{}::T{to} as A{at};\n", self.tail(to)).replace("::::", "::")
                }
                Way::Group => format!("use {target}::{{f{to} as a{at}, T{to} as A{at}}};\n"),
                Way::Renamed => format!("use {target} as n{at};\nfn g{at}() {{ n{at}::f{to}(); }}\n"),
                Way::Glob => format!("use {target}::*;\n"),
                Way::Path => format!("fn g{at}() {{ {target}::f{to}(); }}\n"),
                Way::Field => format!("struct S{at}(Option<Vec<{target}::T{to}>>);\n"),
                Way::MacroInput => format!("fn g{at}() {{ vec![(1, {target}::f{to}())]; }}\n"),
                Way::InFunction => format!("fn g{at}() {{ if true {{ use {target}::f{to} as h; h(); }} }}\n"),
                Way::Tests => format!("#[test]\nfn g{at}() {{ {target}::f{to}(); }}\n"),
                Way::ReExport(through) => format!("use {}::R{at} as A{at};\n", self.path("crate", through)),
                Way::Macro(_) => format!("fn g{at}() {{ call{at}!(); }}\n"),
            };
        }
        text
    }

    fn tail(&self, module: usize) -> String {
        self.names(module).join("::")
    }

    /// Writes a module and those inside it; `folder` is where the files of its children are.
    fn write(&self, stage: &Stage, module: usize, folder: &str) -> String {
        let mut text = self.items(module);
        for child in (1..self.count()).filter(|child| self.parent(*child) == Some(module)) {
            match self.bodies[child - 1] {
                Body::File => {
                    let inner = self.write(stage, child, &format!("{folder}/m{child}"));
                    stage.write(&format!("{folder}/m{child}.rs"), &inner);
                    text += &format!("pub mod m{child};\n");
                }
                Body::Folder => {
                    let inner = self.write(stage, child, &format!("{folder}/m{child}"));
                    stage.write(&format!("{folder}/m{child}/mod.rs"), &inner);
                    text += &format!("pub mod m{child};\n");
                }
                Body::Inline => {
                    let inner = self.write(stage, child, &format!("{folder}/m{child}"));
                    text += &format!("pub mod m{child} {{\n{inner}}}\n");
                }
                Body::Moved => {
                    let inner = self.write(stage, child, &format!("moved{child}"));
                    stage.write(&format!("moved{child}/body.rs"), &inner);
                    let path = stage.path().join(format!("moved{child}/body.rs"));
                    text += &format!("#[path = {path:?}]\npub mod m{child};\n");
                }
            }
        }
        text
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn edges_are_those_that_were_meant(plan in plan()) {
        let stage = Stage::new("");
        let root = plan.write(&stage, 0, "src");
        stage.write("src/lib.rs", &root);
        let graph = read_graph_afresh(&stage.path().join("Cargo.toml"), &[]).unwrap();
        let nodes = graph.nodes();
        let modules: BTreeSet<&str> =
            nodes.iter().filter(|node| node.kind != NodeKind::External).map(|node| &*node.path).collect();
        let planned: BTreeSet<String> = (0..plan.count()).map(|module| plan.path("shop", module)).collect();
        prop_assert_eq!(&modules, &planned.iter().map(|path| &**path).collect());
        let found: BTreeSet<(String, String, bool)> = graph
            .edges()
            .iter()
            .filter(|edge| nodes[edge.to].kind != NodeKind::External)
            .map(|edge| {
                (nodes[edge.from].path.clone(), nodes[edge.to].path.clone(), edge.context == Context::Test)
            })
            .collect();
        prop_assert_eq!(found, plan.meant(), "{}", root);
    }
}
