//! The table `source_references`.

use documents_domain::{Snippet, SourceId, Words};
use underpin::Table;
use uuid::Uuid;

use super::{BorrowerRow, DocumentRow};

// The domain and the table must agree on these; a change on one side stops the build here.
const _: () = assert!(SourceId::LEN <= 36);
const _: () = assert!(Words::MAX_CHARACTERS == 200 && Snippet::MAX_CHARACTERS == 1000);

/// A row of `source_references`. It goes when its borrower goes; a document that it names stays.
#[derive(Debug, Table)]
#[table(name = "source_references")]
pub struct SourceReferenceRow {
    /// The id as text.
    #[column(primary_key, length = 36)]
    pub id: String,
    /// About whom something was read.
    #[column(length = 36, references = BorrowerRow::ID, on_delete = cascade, index)]
    pub borrower_id: String,
    /// Where it was read.
    #[column(references = DocumentRow::ID, index)]
    pub document_id: Uuid,
    /// On which page, counted from 1.
    #[column(check = "page >= 1")]
    pub page: i32,
    /// Below which heading.
    #[column(length = 200)]
    pub section: Option<String>,
    /// A few words of the text.
    #[column(length = 1000)]
    pub snippet: String,
}
