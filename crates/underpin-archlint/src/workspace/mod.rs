//! The packages of a workspace, their targets and what they depend on, as cargo tells them.

mod metadata;

use std::path::PathBuf;

pub(crate) use metadata::read;

/// A cargo workspace, or the part of it that is looked at.
#[derive(Clone, Debug, Default)]
pub(crate) struct Workspace {
    /// The folder of its root manifest.
    pub root: PathBuf,
    /// Where cargo builds, and where facts are kept.
    pub target: PathBuf,
    /// The members that are looked at, ordered by name.
    pub packages: Vec<Package>,
}

/// A member.
#[derive(Clone, Debug)]
pub(crate) struct Package {
    pub name: String,
    pub manifest: PathBuf,
    pub targets: Vec<Target>,
    pub dependencies: Vec<Dependency>,
}

/// One crate of a package.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Target {
    pub name: String,
    pub kind: TargetKind,
    pub source: PathBuf,
    /// 2015, 2018, …
    pub edition: u16,
}

/// What a target is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum TargetKind {
    Library,
    Binary,
    Test,
    Example,
    Bench,
    Build,
}

/// A dependency as the manifest declares it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Dependency {
    /// The package's name.
    pub package: String,
    /// The name that code uses: the new one, or else the package's, with underscores.
    pub name: String,
    pub kind: DependencyKind,
    pub optional: bool,
    /// It lies in the workspace or beside it.
    pub local: bool,
}

/// When a dependency is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum DependencyKind {
    Normal,
    Development,
    Build,
}

impl Package {
    /// The library, if there is one.
    pub(crate) fn library(&self) -> Option<&Target> {
        self.targets.iter().find(|target| target.kind == TargetKind::Library)
    }

    /// The name of a target's root in the graph: a crate's own name where it is clear, with the kind and
    /// name of the target in parentheses where it is not.
    pub(crate) fn root_name(&self, target: &Target) -> String {
        let package = underscored(&self.name);
        let binaries = self.targets.iter().filter(|other| other.kind == TargetKind::Binary).count();
        match target.kind {
            TargetKind::Library => underscored(&target.name),
            // Without a library the program of the package's name is the crate.
            TargetKind::Binary if self.library().is_none() && (binaries == 1 || target.name == self.name) => {
                underscored(&target.name)
            }
            TargetKind::Binary => format!("{package}(bin {})", target.name),
            TargetKind::Test => format!("{package}(test {})", target.name),
            TargetKind::Example => format!("{package}(example {})", target.name),
            TargetKind::Bench => format!("{package}(bench {})", target.name),
            TargetKind::Build => format!("{package}(build)"),
        }
    }
}

/// A name as code spells it.
pub(crate) fn underscored(name: &str) -> String {
    name.replace('-', "_")
}
