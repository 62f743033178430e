//! The workspace as the rules see it: its Rust files, and its packages with what they depend on.

use std::{
    collections::BTreeSet,
    env, error, fmt, fs, io,
    path::{Path, PathBuf},
    process::Command,
};

use serde_json::Value;

use crate::Source;

/// A package of the workspace and the direct dependencies of its library and programs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Package {
    /// Its name.
    pub name: String,
    /// Names of the packages that it depends on, optional and build dependencies included, those of its
    /// tests not.
    pub dependencies: BTreeSet<String>,
}

impl Package {
    /// A package with the dependencies of these names.
    pub fn new(name: &str, dependencies: &[&str]) -> Self {
        Self {
            name: name.to_owned(),
            dependencies: dependencies.iter().map(|&name| name.to_owned()).collect(),
        }
    }
}

/// All that the rules look at.
#[derive(Clone, Debug, Default)]
pub struct Workspace {
    /// Every Rust file, ordered by path.
    pub sources: Vec<Source>,
    /// Every member, ordered by name.
    pub packages: Vec<Package>,
}

/// The workspace could not be read, or there was nothing in it.
#[derive(Debug)]
pub struct ReadError(String);

impl ReadError {
    fn io(path: &Path, error: &io::Error) -> Self {
        Self(format!("cannot read {}: {error}", path.display()))
    }
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl error::Error for ReadError {}

impl Workspace {
    /// Reads the workspace whose root manifest is in `root`.
    ///
    /// # Errors
    /// If a folder or file cannot be read, `cargo metadata` fails, or there is no Rust file or no member:
    /// a check of nothing must not pass.
    pub fn read(root: &Path) -> Result<Self, ReadError> {
        let mut paths = Vec::new();
        walk(root, &mut paths)?;
        paths.sort();
        let sources = paths.iter().map(|path| read_source(root, path)).collect::<Result<Vec<_>, _>>()?;
        if sources.is_empty() {
            return Err(ReadError(format!("no Rust file below {}: nothing was checked", root.display())));
        }
        Ok(Self { sources, packages: parse_metadata(&metadata(root)?)? })
    }

    /// A workspace of texts, for the tests of the rules.
    #[cfg(test)]
    pub(crate) fn of_files(files: &[(&str, &str)]) -> Self {
        let sources = files.iter().map(|(path, text)| Source::new(*path, *text)).collect();
        Self { sources, packages: Vec::new() }
    }

    /// A workspace of packages with their dependencies, for the tests of the rules.
    #[cfg(test)]
    pub(crate) fn of_packages(packages: &[(&str, &[&str])]) -> Self {
        let packages = packages.iter().map(|(name, dependencies)| Package::new(name, dependencies)).collect();
        Self { sources: Vec::new(), packages }
    }
}

/// Collects `.rs` files; passes over build output, hidden folders and symbolic links.
fn walk(folder: &Path, paths: &mut Vec<PathBuf>) -> Result<(), ReadError> {
    for entry in fs::read_dir(folder).map_err(|error| ReadError::io(folder, &error))? {
        let entry = entry.map_err(|error| ReadError::io(folder, &error))?;
        let path = entry.path();
        let kind = entry.file_type().map_err(|error| ReadError::io(&path, &error))?;
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if kind.is_dir() && name != "target" && !name.starts_with('.') {
            walk(&path, paths)?;
        } else if kind.is_file() && name.ends_with(".rs") {
            paths.push(path);
        }
    }
    Ok(())
}

fn read_source(root: &Path, path: &Path) -> Result<Source, ReadError> {
    let text = fs::read_to_string(path).map_err(|error| ReadError::io(path, &error))?;
    let relative = path.strip_prefix(root).unwrap_or(path);
    let names: Vec<_> = relative.components().map(|part| part.as_os_str().to_string_lossy()).collect();
    Ok(Source::new(names.join("/"), text))
}

fn metadata(root: &Path) -> Result<String, ReadError> {
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .args(["metadata", "--no-deps", "--format-version=1"])
        .current_dir(root)
        .output()
        .map_err(|error| ReadError(format!("cannot run cargo metadata: {error}")))?;
    if output.status.success() {
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    } else {
        Err(ReadError(format!("cargo metadata failed: {}", String::from_utf8_lossy(&output.stderr).trim())))
    }
}

fn parse_metadata(json: &str) -> Result<Vec<Package>, ReadError> {
    let metadata: Value = serde_json::from_str(json)
        .map_err(|error| ReadError(format!("cannot read the answer of cargo metadata: {error}")))?;
    let mut packages: Vec<Package> = list(&metadata["packages"]).map(parse_package).collect();
    if packages.is_empty() || packages.iter().any(|package| package.name.is_empty()) {
        return Err(ReadError("cargo metadata names no package: nothing was checked".to_owned()));
    }
    packages.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(packages)
}

fn parse_package(package: &Value) -> Package {
    let name = |value: &Value| value["name"].as_str().unwrap_or_default().to_owned();
    Package {
        name: name(package),
        dependencies: list(&package["dependencies"])
            .filter(|dependency| dependency["kind"] != "dev")
            .map(name)
            .collect(),
    }
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dependencies_of_tests_are_left_out() {
        let json = r#"{ "packages": [
            { "name": "b", "dependencies": [] },
            { "name": "a", "dependencies": [
                { "name": "one", "kind": null },
                { "name": "two", "kind": "build" },
                { "name": "three", "kind": "dev" }
            ] }
        ] }"#;
        assert_eq!(
            parse_metadata(json).unwrap(),
            [Package::new("a", &["one", "two"]), Package::new("b", &[])]
        );
    }

    #[test]
    fn no_package_is_an_error() {
        for json in ["{ \"packages\": [] }", "{}", "[]", "{ \"packages\": [{}] }", "no json"] {
            assert!(parse_metadata(json).is_err(), "{json}");
        }
    }

    #[test]
    fn no_file_is_an_error() {
        let empty = env::temp_dir().join(format!("xtask-empty-{}", std::process::id()));
        fs::create_dir_all(&empty).unwrap();
        let read = Workspace::read(&empty);
        fs::remove_dir(&empty).unwrap();
        assert!(read.unwrap_err().to_string().contains("no Rust file"));
    }

    #[test]
    fn no_folder_is_an_error() {
        let read = Workspace::read(Path::new("/no/such/folder"));
        assert!(read.unwrap_err().to_string().contains("/no/such/folder"));
    }
}
