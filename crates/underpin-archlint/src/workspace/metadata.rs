//! Asks `cargo metadata` for the workspace, without resolving or compiling anything.

use std::{
    env,
    path::{Path, PathBuf},
    process::Command,
};

use serde::Deserialize;

use crate::{Problem, Result};

use super::{Dependency, DependencyKind, Package, Target, TargetKind, Workspace, underscored};

#[derive(Deserialize)]
struct Answer {
    packages: Vec<PackageAnswer>,
    workspace_root: PathBuf,
    target_directory: PathBuf,
}

#[derive(Deserialize)]
struct PackageAnswer {
    name: String,
    manifest_path: PathBuf,
    targets: Vec<TargetAnswer>,
    dependencies: Vec<DependencyAnswer>,
}

#[derive(Deserialize)]
struct TargetAnswer {
    name: String,
    kind: Vec<String>,
    src_path: PathBuf,
    edition: String,
}

#[derive(Deserialize)]
struct DependencyAnswer {
    name: String,
    rename: Option<String>,
    kind: Option<String>,
    optional: bool,
    path: Option<PathBuf>,
}

/// Reads the workspace of a manifest.
///
/// # Errors
/// Cargo cannot be run or refuses the manifest; there is no package.
pub(crate) fn read(manifest: &Path) -> Result<Workspace> {
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .args(["metadata", "--no-deps", "--offline", "--format-version=1", "--manifest-path"])
        .arg(manifest)
        .output()
        .map_err(|error| Problem::new(format!("cannot run cargo metadata: {error}"), "install cargo"))?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        let what = format!("cargo metadata failed: {}", said.trim());
        return Err(Problem::new(what, "make `cargo metadata --no-deps` work first").into());
    }
    workspace(&output.stdout, manifest)
}

fn workspace(json: &[u8], manifest: &Path) -> Result<Workspace> {
    let answer: Answer = serde_json::from_slice(json).map_err(|error| {
        Problem::new(format!("cannot read the answer of cargo metadata: {error}"), "use a newer cargo")
    })?;
    let mut packages: Vec<Package> = answer.packages.into_iter().map(package).collect();
    packages.sort_by(|a, b| a.name.cmp(&b.name));
    if packages.is_empty() {
        return Err(Problem::new(
            format!("{} names no package: nothing was checked", manifest.display()),
            "name the members under [workspace], or another manifest in archlint.toml",
        )
        .into());
    }
    Ok(Workspace { root: answer.workspace_root, target: answer.target_directory, packages })
}

fn package(answer: PackageAnswer) -> Package {
    let mut targets: Vec<Target> = answer.targets.into_iter().filter_map(target).collect();
    targets.sort_by(|a, b| (a.kind, &a.name).cmp(&(b.kind, &b.name)));
    Package {
        name: answer.name,
        manifest: answer.manifest_path,
        targets,
        dependencies: answer.dependencies.into_iter().map(dependency).collect(),
    }
}

fn target(answer: TargetAnswer) -> Option<Target> {
    let kind = match answer.kind.first()?.as_str() {
        "bin" => TargetKind::Binary,
        "test" => TargetKind::Test,
        "example" => TargetKind::Example,
        "bench" => TargetKind::Bench,
        "custom-build" => TargetKind::Build,
        _ => TargetKind::Library,
    };
    let edition = answer.edition.parse().unwrap_or(2021);
    Some(Target { name: answer.name, kind, source: answer.src_path, edition })
}

fn dependency(answer: DependencyAnswer) -> Dependency {
    Dependency {
        name: underscored(answer.rename.as_deref().unwrap_or(&answer.name)),
        package: answer.name,
        kind: match answer.kind.as_deref() {
            Some("dev") => DependencyKind::Development,
            Some("build") => DependencyKind::Build,
            _ => DependencyKind::Normal,
        },
        optional: answer.optional,
        local: answer.path.is_some(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_package_is_an_error() {
        let json = br#"{ "packages": [], "workspace_root": "/a", "target_directory": "/a/target" }"#;
        let error = workspace(json, Path::new("Cargo.toml")).unwrap_err();
        assert!(error.to_string().contains("names no package"));
    }

    #[test]
    fn an_answer_of_another_shape_is_an_error() {
        for json in ["", "{}", "[]"] {
            assert!(workspace(json.as_bytes(), Path::new("Cargo.toml")).is_err(), "{json}");
        }
    }
}
