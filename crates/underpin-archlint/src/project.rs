//! From a manifest to a graph: the one way that every command takes.

use std::path::{Path, PathBuf};

use crate::{
    Graph, Problem, Result,
    config::{Config, FILE, Settings},
    resolve::resolve,
    tree::{Cache, load},
    workspace::{self, Workspace},
};

/// Reads the graph of the workspace of a manifest, or of some of its members.
///
/// Facts of files that have not changed come from the folder `archlint` in the build folder.
///
/// # Errors
/// Cargo refuses the manifest; a member that is named is not there; a file is missing or cannot be parsed.
pub fn read_graph(manifest: &Path, packages: &[String]) -> Result<Graph> {
    let mut workspace = workspace::read(manifest)?;
    select(&mut workspace, packages)?;
    let mut cache = Cache::open(&workspace.target, &workspace.root);
    let tree = load(&workspace, &mut cache)?;
    cache.close();
    Ok(resolve(&workspace, tree))
}

/// The same without facts of earlier runs, neither read nor kept.
///
/// # Errors
/// As for [`read_graph`].
pub fn read_graph_afresh(manifest: &Path, packages: &[String]) -> Result<Graph> {
    let mut workspace = workspace::read(manifest)?;
    select(&mut workspace, packages)?;
    let tree = load(&workspace, &mut Cache::none())?;
    Ok(resolve(&workspace, tree))
}

/// Leaves the members that are named.
fn select(workspace: &mut Workspace, packages: &[String]) -> Result<()> {
    if packages.is_empty() {
        return Ok(());
    }
    for name in packages {
        if !workspace.packages.iter().any(|package| package.name == *name) {
            let known: Vec<&str> = workspace.packages.iter().map(|package| package.name.as_str()).collect();
            let what = format!("`packages`: there is no member `{name}`");
            return Err(Problem::new(what, format!("the members are {}", known.join(", "))).into());
        }
    }
    workspace.packages.retain(|package| packages.contains(&package.name));
    Ok(())
}

/// The graph of what a file of contracts is about.
pub(crate) fn of_config(config: &Config) -> Result<Graph> {
    let manifest = manifest(&config.folder, &config.settings)?;
    read_graph(&manifest, &config.settings.packages).map_err(|error| {
        if error.problems().iter().any(|problem| problem.what.starts_with("`packages`")) {
            error.in_file(&config.shown)
        } else {
            error
        }
    })
}

fn manifest(folder: &Path, settings: &Settings) -> Result<PathBuf> {
    match &settings.manifest {
        Some(manifest) => {
            let path = folder.join(manifest);
            if path.is_file() {
                Ok(path)
            } else {
                let what = format!("`manifest`: there is no file {}", path.display());
                Err(Problem::new(what, "name it from the folder of this file").into())
            }
        }
        None => upwards(folder, "Cargo.toml").ok_or_else(|| {
            let what = format!("no Cargo.toml in {} or above it", folder.display());
            Problem::new(what, "name one with `manifest` under [workspace]").into()
        }),
    }
}

/// The nearest file of a name, in a folder or one around it.
pub(crate) fn upwards(folder: &Path, name: &str) -> Option<PathBuf> {
    let start = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let start = start.canonicalize().ok()?;
    start.ancestors().map(|folder| folder.join(name)).find(|file| file.is_file())
}

/// The file of contracts that counts in a folder.
pub(crate) fn config_file(given: Option<&Path>, folder: &Path) -> Result<PathBuf> {
    match given {
        Some(file) if folder == Path::new(".") => Ok(file.to_path_buf()),
        Some(file) => Ok(folder.join(file)),
        None => {
            let here = folder.join(FILE);
            if here.is_file() {
                return Ok(here);
            }
            upwards(folder, FILE).ok_or_else(|| {
                let what = format!("no {FILE} in {} or above it", folder.display());
                Problem::new(what, "name it with --config, or write one with `init`").into()
            })
        }
    }
}
