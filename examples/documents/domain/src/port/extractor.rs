//! The port to whatever reads files.

use crate::DocumentKind;

/// Reads what is in a file.
pub trait Extractor: Sync {
    /// What can be read; the reason, for whoever sent the file, if nothing can.
    fn extract(
        &self,
        kind: DocumentKind,
        content: Vec<u8>,
    ) -> impl Future<Output = Result<Extracted, String>> + Send;
}

/// What was read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Extracted {
    /// How many pages there are, if the file has pages.
    pub pages: Option<u32>,
    /// The text.
    pub text: String,
}
