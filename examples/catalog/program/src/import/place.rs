//! The file that is imported, or standard input.

use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::path::Path;

use super::progress::Progress;
use crate::error::Error;

/// Where the lines come from.
pub(crate) struct Source {
    /// How it is called in messages.
    pub(crate) name: String,
    pub(crate) reader: Box<dyn BufRead + Send>,
    pub(crate) progress: Progress,
}

impl Source {
    /// Opens a file, or standard input for `-`.
    ///
    /// # Errors
    /// If it cannot be opened.
    pub(crate) fn open(path: &Path) -> Result<Self, Error> {
        if path == Path::new("-") {
            let (name, progress) = ("standard input".to_owned(), Progress::of_unknown_length());
            return Ok(Self { name, reader: Box::new(BufReader::new(io::stdin())), progress });
        }
        let name = path.display().to_string();
        let cannot = |error: io::Error| {
            Error::mistake(format!("{name} cannot be read: {error}"), "check the path and its permissions")
        };
        let file = File::open(path).map_err(cannot)?;
        let about = file.metadata().map_err(cannot)?;
        if about.is_dir() {
            return Err(Error::mistake(
                format!("{name} is a directory"),
                "give a file, or - for standard input",
            ));
        }
        let progress =
            if about.is_file() { Progress::of_length(about.len()) } else { Progress::of_unknown_length() };
        let reader = Box::new(BufReader::new(progress.count(file)));
        Ok(Self { name, reader, progress })
    }
}
