//! The directory in which the commands of a page run.

use std::fs;
use std::net::TcpListener;
use std::path::{Path, PathBuf};

/// The workspace.
pub(crate) fn root() -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    root.canonicalize().expect("the workspace")
}

/// The versions that are there already.
pub(crate) fn lock() -> PathBuf {
    root().join("Cargo.lock")
}

/// A port on which nobody listens at the moment.
pub(crate) fn free_port() -> u16 {
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a port");
    listener.local_addr().expect("its address").port()
}

/// A directory below cargo's own for tests: always the same, so that cargo knows again what it has built there.
pub(crate) struct Place(PathBuf);

impl Place {
    /// An empty directory, but for what is to be kept of the run before. Beside what the reader makes there are the
    /// workspace, as `underpin`, and the program of that name.
    pub(crate) fn make(name: &str, kept: &[&str]) -> Self {
        let place = Path::new(env!("CARGO_TARGET_TMPDIR")).join("guide").join(name);
        fs::create_dir_all(&place).expect("a directory");
        for entry in fs::read_dir(&place).expect("the directory") {
            let entry = entry.expect("an entry");
            if kept.iter().all(|name| entry.file_name() != *name) {
                let is_folder = entry.file_type().expect("a type").is_dir();
                let remove = if is_folder { fs::remove_dir_all } else { fs::remove_file };
                remove(entry.path()).expect("it can be removed");
            }
        }
        link(&root(), &place.join("underpin"));
        fs::create_dir_all(place.join("bin")).expect("a directory");
        link(Path::new(env!("CARGO_BIN_EXE_underpin-of-guide")), &place.join("bin/underpin"));
        Self(place)
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }

    pub(crate) fn variables(&self) -> Vec<(&'static str, String)> {
        let path = std::env::var("PATH").unwrap_or_default();
        vec![
            ("PATH", format!("{}:{path}", self.0.join("bin").display())),
            ("CARGO_TARGET_DIR", self.0.join("target").display().to_string()),
            ("CARGO_NET_OFFLINE", "true".to_owned()),
            ("CARGO_TERM_COLOR", "never".to_owned()),
            // Nobody looks for a mistake with a debugger here, and what is not written need not be read.
            ("CARGO_PROFILE_DEV_DEBUG", "false".to_owned()),
            ("CARGO_INCREMENTAL", "0".to_owned()),
            ("NO_COLOR", "1".to_owned()),
            ("LC_ALL", "C.UTF-8".to_owned()),
        ]
    }
}

/// A symbolic link, unless it is there already.
fn link(to: &Path, at: &Path) {
    if fs::read_link(at).is_ok_and(|there| there == to) {
        return;
    }
    let _ = fs::remove_file(at);
    std::os::unix::fs::symlink(to, at).expect("a symbolic link");
}
