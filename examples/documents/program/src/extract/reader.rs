//! The reader's side: one file from standard input, what was read on standard output.

use std::io::{self, Read};

use documents_domain::{Document, DocumentKind, Extracted};
use serde::{Deserialize, Serialize};

use super::{docx, image, limit, pdf};
use crate::error::{End, Error};

/// What a reader says.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Said {
    /// This is in the file.
    Read { pages: Option<u32>, text: String },
    /// The file cannot be read, and why.
    Refused(String),
}

/// Reads the file on standard input, says what is in it, and is gone.
pub(crate) fn read_standard_input(kind: DocumentKind, seconds: u64) -> Result<End, Error> {
    limit::apply(seconds);
    let mut content = Vec::new();
    io::stdin().lock().read_to_end(&mut content)?;
    let said = match read(kind, &content) {
        Ok(Extracted { pages, text }) => {
            Said::Read { pages, text: text.chars().take(Document::MAX_TEXT).collect() }
        }
        Err(why) => Said::Refused(why),
    };
    serde_json::to_writer(io::stdout().lock(), &said).map_err(io::Error::from)?;
    Ok(End::Done)
}

fn read(kind: DocumentKind, content: &[u8]) -> Result<Extracted, String> {
    match kind {
        DocumentKind::Pdf => pdf::read(content),
        DocumentKind::Docx => docx::read(content),
        DocumentKind::Image => image::read(content),
    }
}
