//! The table `documents`.

use std::time::SystemTime;

use documents_domain::FileName;
use underpin::{ColumnEnum, Table};
use uuid::Uuid;

// The domain and the table must agree on this; a change on one side stops the build here.
const _: () = assert!(FileName::MAX_CHARACTERS == 255);

/// A row of `documents`. Its two indexes serve who takes what waits, and who looks at what is new.
#[derive(Debug, Table)]
#[table(name = "documents")]
#[table(index(columns = [status, created_at, id]), index(columns = [created_at, id]))]
pub struct DocumentRow {
    /// The id.
    #[column(primary_key)]
    pub id: Uuid,
    /// What the file was called.
    #[column(length = 255)]
    pub file_name: String,
    /// The SHA-256 of its content, 64 hexadecimal digits; no two documents have the same.
    #[column(unique, length = 64)]
    pub file_hash: String,
    /// What sort of file it is.
    pub kind: KindLabel,
    /// How large it is, in bytes.
    #[column(check = "size_bytes > 0")]
    pub size_bytes: i64,
    /// Where its content is kept.
    #[column(length = 255)]
    pub storage_location: String,
    /// How far it has got.
    pub status: StatusLabel,
    /// How many pages it has, once that is known.
    #[column(check = "page_count >= 0")]
    pub page_count: Option<i64>,
    /// What was read from it, once it has been.
    pub extracted_text: Option<String>,
    /// Why it could not be processed.
    pub error_message: Option<String>,
    /// When it came in.
    pub created_at: SystemTime,
    /// When it was processed, well or not.
    pub processed_at: Option<SystemTime>,
}

/// The sorts of the domain, as the database knows them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ColumnEnum)]
#[column_enum(name = "document_kind")]
pub enum KindLabel {
    /// Pages as PDF.
    Pdf,
    /// Text of a word processor.
    Docx,
    /// A picture.
    Image,
}

/// The statuses of the domain, as the database knows them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ColumnEnum)]
#[column_enum(name = "document_status")]
pub enum StatusLabel {
    /// It waits to be processed.
    Pending,
    /// Somebody is at it.
    Processing,
    /// It has been read.
    Completed,
    /// It could not be read.
    Failed,
}
