//! A key ring in a file that its owner alone may read.

use std::ffi::OsString;
use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Read as _, Write as _};
use std::path::{Path, PathBuf};

use zeroize::Zeroizing;

use super::{KeyRing, permissions};
use crate::SecretsError;

/// More than any ring has.
const LIMIT: u64 = 1 << 20;

impl KeyRing {
    /// Reads the ring of a file.
    ///
    /// # Errors
    /// If it cannot be read, others than its owner may read or write it, or it holds no ring; it names the file.
    pub fn from_file(path: impl AsRef<Path>) -> Result<Self, SecretsError> {
        let path = path.as_ref();
        let unreadable = |error: io::Error| match error.kind() {
            ErrorKind::NotFound => SecretsError::keys(
                format!("there is no key file {}", path.display()),
                "make one with `underpin secrets keygen`, or name the right path",
            ),
            _ => failed("read", path, &error),
        };
        // The file that is judged is the one that is read, whatever happens to the path meanwhile.
        let file = File::open(path).map_err(unreadable)?;
        let metadata = file.metadata().map_err(unreadable)?;
        if !metadata.is_file() {
            let what = format!("the key file {} is no file", path.display());
            return Err(SecretsError::keys(what, "name the file that holds the key ring"));
        }
        if let Some(fault) = permissions::fault(&metadata) {
            let what = format!("the key file {} is not safe: {fault}", path.display());
            return Err(SecretsError::keys(
                what,
                format!("chmod 600 {}; and make new keys if others have read it", path.display()),
            ));
        }
        if metadata.len() > LIMIT {
            let what = format!("the key file {} is far too long", path.display());
            return Err(SecretsError::keys(what, "name the file that holds the key ring"));
        }
        let len = usize::try_from(metadata.len()).unwrap_or_default();
        let mut text = Zeroizing::new(Vec::with_capacity(len + 1));
        file.take(LIMIT).read_to_end(&mut text).map_err(unreadable)?;
        let text = std::str::from_utf8(&text).unwrap_or("?");
        Self::parse(text).map_err(|error| error.within(format!("the key file {}", path.display())))
    }

    /// Writes the ring to a file that must not exist, for its owner alone (mode 0600).
    ///
    /// # Errors
    /// If there is a file already, or it cannot be written; then no file is left.
    pub fn create_file(&self, path: impl AsRef<Path>) -> Result<(), SecretsError> {
        let path = path.as_ref();
        let mut options = OpenOptions::new();
        let file =
            permissions::private(options.write(true).create_new(true)).open(path).map_err(|error| {
                if error.kind() == ErrorKind::AlreadyExists {
                    let what = format!("there is a key file {} already", path.display());
                    return SecretsError::keys(
                        what,
                        "a ring that is lost is everything it encrypted; choose another path",
                    );
                }
                failed("written", path, &error)
            })?;
        self.write(file).map_err(|error| {
            let _ = fs::remove_file(path);
            failed("written", path, &error)
        })
    }

    /// Puts the ring in the place of the one that a file holds: whoever reads it sees one or the other.
    ///
    /// # Errors
    /// If the file is not there or not safe, or cannot be written; then it is as before.
    pub fn replace_file(&self, path: impl AsRef<Path>) -> Result<(), SecretsError> {
        let path = path.as_ref();
        Self::from_file(path)?;
        let beside = beside(path);
        self.create_file(&beside)?;
        fs::rename(&beside, path).and_then(|()| sync_folder(path)).map_err(|error| {
            let _ = fs::remove_file(&beside);
            failed("written", path, &error)
        })
    }

    fn write(&self, mut file: File) -> io::Result<()> {
        file.write_all(self.expose().expose().as_bytes())?;
        // Keys that have encrypted something must outlive a loss of power.
        file.sync_all()
    }
}

fn beside(path: &Path) -> PathBuf {
    let mut name = path.file_name().map_or_else(OsString::new, OsString::from);
    name.push(format!(".{}.new", std::process::id()));
    path.with_file_name(name)
}

fn sync_folder(of: &Path) -> io::Result<()> {
    let folder = of.parent().filter(|folder| !folder.as_os_str().is_empty());
    File::open(folder.unwrap_or(Path::new("."))).and_then(|folder| folder.sync_all())
}

fn failed(what: &str, path: &Path, error: &io::Error) -> SecretsError {
    SecretsError::keys(
        format!("the key file {} cannot be {what}: {error}", path.display()),
        "see to it that the path is right and this program may use it",
    )
}
