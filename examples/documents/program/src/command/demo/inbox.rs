//! The files of the demo, in a directory of its own that is gone afterwards.

use std::fs;
use std::io;

use tempfile::TempDir;

use crate::error::Error;

/// The files: three sorts of documents, one that is there twice, one that is broken, and one that is none.
const FILES: [(&str, &[u8]); 7] = [
    ("application.pdf", include_bytes!("../../../../data/application.pdf")),
    ("broken.pdf", b"%PDF-1.4\nthe rest was lost on the way"),
    ("letter.docx", include_bytes!("../../../../data/letter.docx")),
    ("notes.txt", b"call Ana on Monday"),
    ("payslip (copy).pdf", include_bytes!("../../../../data/payslip.pdf")),
    ("payslip.pdf", include_bytes!("../../../../data/payslip.pdf")),
    ("scan.png", include_bytes!("../../../../data/scan.png")),
];

/// How many of them become documents.
pub(super) const DOCUMENTS: usize = 5;

/// A directory with the files.
pub(super) fn filled() -> Result<TempDir, Error> {
    let fill = || -> io::Result<TempDir> {
        let inbox = tempfile::Builder::new().prefix("documents-inbox-").tempdir()?;
        for (name, content) in FILES {
            fs::write(inbox.path().join(name), content)?;
        }
        Ok(inbox)
    };
    fill().map_err(|error| {
        Error::mistake(
            format!("there is no place for a few files in {}: {error}", std::env::temp_dir().display()),
            "set TMPDIR to a directory in which you may write",
        )
    })
}
