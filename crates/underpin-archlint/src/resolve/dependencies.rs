//! What the manifests declare: edges between crates.

use std::fs;

use crate::{
    graph::{Context, DraftEdge, EdgeKind, End, Reach},
    tree::CrateId,
    workspace::{DependencyKind, underscored},
};

use super::{Resolver, names::Definition};

impl Resolver<'_> {
    /// Adds an edge per dependency; returns the names of the manifests, which count as files after the
    /// others.
    pub(super) fn emit_dependencies(&mut self, edges: &mut Vec<DraftEdge>) -> Vec<String> {
        let mut manifests = Vec::new();
        for (index, package) in self.workspace.packages.iter().enumerate() {
            let file = self.tree.files.len() + manifests.len();
            let shown = package.manifest.strip_prefix(&self.workspace.root).unwrap_or(&package.manifest);
            manifests.push(shown.to_string_lossy().replace('\\', "/"));
            // Without the text the lines are unknown, nothing else.
            let text = fs::read_to_string(&package.manifest).unwrap_or_default();
            let roots = self.roots(index);
            for dependency in &package.dependencies {
                let definition = match self.library_of(&dependency.package) {
                    Some(root) => Definition::Module(root),
                    None => self.external(&underscored(&dependency.package)),
                };
                let to = match definition {
                    Definition::Module(module) | Definition::Item(module, ..) => End::Module(module),
                    Definition::External(path) => End::External(path),
                };
                for krate in &roots {
                    let root = self.tree.crates[*krate].root;
                    if to == End::Module(root) {
                        continue;
                    }
                    edges.push(DraftEdge {
                        from: root,
                        to,
                        item: None,
                        kind: EdgeKind::Dependency,
                        context: match dependency.kind {
                            DependencyKind::Normal => Context::Normal,
                            DependencyKind::Development => Context::Test,
                            DependencyKind::Build => Context::Build,
                        },
                        reach: Reach::Crate,
                        file,
                        line: line_of(&text, &dependency.name),
                        via: Vec::new(),
                        features: if dependency.optional {
                            vec![dependency.name.clone()]
                        } else {
                            Vec::new()
                        },
                        surface: false,
                    });
                }
            }
        }
        manifests
    }

    /// The library of a package, or its programs if it has none.
    fn roots(&self, package: usize) -> Vec<CrateId> {
        let of_package = |id: &CrateId| self.tree.crates[*id].package == package;
        let all: Vec<CrateId> = (0..self.tree.crates.len()).filter(of_package).collect();
        let library: Vec<CrateId> =
            all.iter().copied().filter(|id| self.tree.crates[*id].is_library).collect();
        if !library.is_empty() {
            return library;
        }
        all.into_iter().filter(|id| self.tree.crates[*id].context == Context::Normal).collect()
    }
}

/// The line of a manifest that declares a dependency; the first one if it is not found.
fn line_of(manifest: &str, name: &str) -> u32 {
    let declares = |line: &str| {
        let line = line.trim();
        let key = match line.strip_prefix('[') {
            Some(table) if table.contains("dependencies.") => {
                table.trim_end_matches(']').rsplit('.').next().unwrap_or_default()
            }
            Some(_) => return false,
            None => line.split(['=', '.']).next().unwrap_or_default(),
        };
        underscored(key.trim().trim_matches('"')) == name
    };
    let mut inside = false;
    for (at, line) in manifest.lines().enumerate() {
        let trimmed = line.trim();
        if trimmed.starts_with('[') {
            inside = trimmed.contains("dependencies");
        }
        if inside && declares(line) {
            return u32::try_from(at + 1).unwrap_or(u32::MAX);
        }
    }
    1
}

#[cfg(test)]
mod tests {
    use super::line_of;

    #[test]
    fn the_line_of_a_dependency_is_found() {
        let manifest = "[package]\nname = \"a\"\n[dependencies]\nserde-json.workspace = true\n\
                        tokio = { version = \"1\" }\n[dev-dependencies.x]\npath = \"x\"\n";
        assert_eq!(line_of(manifest, "serde_json"), 4);
        assert_eq!(line_of(manifest, "tokio"), 5);
        assert_eq!(line_of(manifest, "x"), 6);
        assert_eq!(line_of(manifest, "name"), 1);
    }
}
