//! Where the file of `mod name;` is.

use std::path::{Component, Path, PathBuf};

/// The folders that count for the children of a module.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Folders {
    /// Where the files of child modules are.
    pub(super) children: PathBuf,
    /// Where `#[path]` counts from.
    pub(super) moved: PathBuf,
}

impl Folders {
    /// For the module of a file: one that is a root, `mod.rs` or mounted by `#[path]` has its children beside
    /// it, any other in a folder of its name.
    pub(super) fn of_file(file: &Path, owns_folder: bool) -> Self {
        let folder = file.parent().unwrap_or(Path::new("")).to_path_buf();
        let stem = file.file_stem().unwrap_or_default();
        let children = if owns_folder { folder.clone() } else { folder.join(stem) };
        Self { children, moved: folder }
    }

    /// For an inline module inside.
    pub(super) fn of_inline(&self, name: &str, moved: Option<&str>) -> Self {
        let children = match moved {
            Some(folder) => normal(&self.moved.join(folder)),
            None => self.children.join(name),
        };
        Self { moved: children.clone(), children }
    }

    /// The usual places of a child's file.
    pub(super) fn usual(&self, name: &str) -> [(PathBuf, bool); 2] {
        [(self.children.join(format!("{name}.rs")), false), (self.children.join(name).join("mod.rs"), true)]
    }
}

/// A path without `.` and `..`, where they can be taken out.
pub(super) fn normal(path: &Path) -> PathBuf {
    let mut result = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir if matches!(result.components().next_back(), Some(Component::Normal(_))) => {
                result.pop();
            }
            other => result.push(other),
        }
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn children_stand_beside_a_root_and_below_others() {
        let root = Folders::of_file(Path::new("/a/src/lib.rs"), true);
        assert_eq!(root.usual("b")[0].0, Path::new("/a/src/b.rs"));
        let plain = Folders::of_file(Path::new("/a/src/b.rs"), false);
        assert_eq!(plain.usual("c")[1].0, Path::new("/a/src/b/c/mod.rs"));
        assert_eq!(plain.moved, Path::new("/a/src"));
    }

    #[test]
    fn inline_modules_are_folders() {
        let plain = Folders::of_file(Path::new("/a/src/b.rs"), false);
        assert_eq!(plain.of_inline("c", None).usual("d")[0].0, Path::new("/a/src/b/c/d.rs"));
        assert_eq!(plain.of_inline("c", Some("../x")).usual("d")[0].0, Path::new("/a/x/d.rs"));
    }
}
