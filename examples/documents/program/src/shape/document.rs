//! A document as JSON: in a list, and with what was read from it.

use documents_domain::{Document, DocumentState};
use serde::Serialize;

use crate::output::precise;

/// A document in a list. Where its content is kept is nobody's business.
#[derive(Debug, Serialize)]
pub(crate) struct DocumentShape {
    id: String,
    file_name: String,
    sha256: String,
    kind: &'static str,
    size: u64,
    status: &'static str,
    pages: Option<u32>,
    error: Option<String>,
    created_at: String,
    processed_at: Option<String>,
}

/// A document with what was read from it.
#[derive(Debug, Serialize)]
pub(crate) struct ReadDocumentShape {
    #[serde(flatten)]
    document: DocumentShape,
    text: Option<String>,
}

impl From<&Document> for DocumentShape {
    fn from(document: &Document) -> Self {
        let DocumentState {
            id,
            file_name,
            hash,
            kind,
            size,
            location: _,
            status,
            pages,
            text: _,
            error,
            created_at,
            processed_at,
        } = document.state();
        Self {
            id: id.to_string(),
            file_name: file_name.to_string(),
            sha256: hash.to_string(),
            kind: kind.as_str(),
            size: *size,
            status: status.as_str(),
            pages: *pages,
            error: error.clone(),
            created_at: precise(*created_at),
            processed_at: processed_at.map(precise),
        }
    }
}

impl From<&Document> for ReadDocumentShape {
    fn from(document: &Document) -> Self {
        Self { document: DocumentShape::from(document), text: document.state().text.clone() }
    }
}
