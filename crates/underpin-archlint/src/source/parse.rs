//! Parses the text of a file into facts.

use proc_macro2::LexError;

use super::{Facts, extract::Extractor};

/// Why a file could not be parsed, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ParseFailure {
    pub line: u32,
    pub what: String,
}

impl From<syn::Error> for ParseFailure {
    fn from(error: syn::Error) -> Self {
        Self { line: line_of(error.span()), what: error.to_string() }
    }
}

impl From<LexError> for ParseFailure {
    fn from(error: LexError) -> Self {
        Self { line: line_of(error.span()), what: error.to_string() }
    }
}

fn line_of(span: proc_macro2::Span) -> u32 {
    u32::try_from(span.start().line).unwrap_or(u32::MAX)
}

/// Reads the facts of a file. A file that is no list of items is tried as a block, for `include!` may
/// stand where an expression does.
pub(crate) fn parse(text: &str, included: bool) -> Result<Facts, ParseFailure> {
    let result = extract(text, included);
    // The texts of all files would stay in memory otherwise.
    proc_macro2::extra::invalidate_current_thread_spans();
    result
}

fn extract(text: &str, included: bool) -> Result<Facts, ParseFailure> {
    let failure = match syn::parse_file(text) {
        Ok(file) => return Ok(Extractor::file(&file)),
        Err(failure) => ParseFailure::from(failure),
    };
    if !included {
        return Err(failure);
    }
    match syn::parse_str::<syn::Block>(&format!("{{{text}\n}}")) {
        Ok(block) => Ok(Extractor::block(&block)),
        Err(_) => Err(failure),
    }
}
