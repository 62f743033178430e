//! The file that is imported, or standard input.

use std::ffi::OsStr;
use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::path::Path;

use super::progress::Progress;
use crate::cli::{Import, ImportFormat};
use crate::error::Error;

/// Where the lines come from.
pub(crate) struct Source {
    /// How it is called in messages.
    pub(crate) name: String,
    pub(crate) format: ImportFormat,
    pub(crate) reader: Box<dyn BufRead>,
    pub(crate) progress: Progress,
}

impl Source {
    /// Opens the file of a command.
    ///
    /// # Errors
    /// If it cannot be opened, or nothing says what its format is.
    pub(crate) fn open(import: &Import) -> Result<Self, Error> {
        let format = import.format.or_else(|| by_ending(&import.file)).ok_or_else(|| {
            Error::mistake(
                format!("nothing says what format {} has", name(&import.file)),
                "give --format csv or --format jsonl, or a file that ends in .csv, .jsonl or .ndjson",
            )
        })?;
        let name = name(&import.file);
        if import.file == Path::new("-") {
            let progress = Progress::of_unknown_length();
            return Ok(Self { name, format, reader: Box::new(io::stdin().lock()), progress });
        }
        let cannot = |error: io::Error| {
            Error::mistake(format!("{name} cannot be read: {error}"), "check the path and its permissions")
        };
        let file = File::open(&import.file).map_err(cannot)?;
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
        Ok(Self { name, format, reader, progress })
    }
}

fn name(path: &Path) -> String {
    if path == Path::new("-") { "standard input".to_owned() } else { path.display().to_string() }
}

fn by_ending(path: &Path) -> Option<ImportFormat> {
    match path.extension().and_then(OsStr::to_str)?.to_ascii_lowercase().as_str() {
        "csv" => Some(ImportFormat::Csv),
        "jsonl" | "ndjson" => Some(ImportFormat::Jsonl),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ending_tells_the_format() {
        for (path, format) in [
            ("a/users.csv", Some(ImportFormat::Csv)),
            ("USERS.CSV", Some(ImportFormat::Csv)),
            ("users.jsonl", Some(ImportFormat::Jsonl)),
            ("users.ndjson", Some(ImportFormat::Jsonl)),
            ("users.csv.gz", None),
            ("users", None),
            ("-", None),
        ] {
            assert_eq!(by_ending(Path::new(path)), format, "{path}");
        }
    }
}
