//! How a document is stored.

use documents_domain::{Document, DocumentKind, DocumentState, Status};
use underpin::{Entity, Events, MappingError};

use crate::Db;
use crate::row::{DocumentRow, KindLabel, StatusLabel};

impl Entity<Db> for Document {
    type Row = DocumentRow;

    // Both ways name every field: one more in the domain or in the table is a compile error here.

    fn to_row(&self) -> DocumentRow {
        let DocumentState {
            id,
            file_name,
            hash,
            kind,
            size,
            location,
            status,
            pages,
            text,
            error,
            created_at,
            processed_at,
        } = self.state();
        DocumentRow {
            id: id.uuid(),
            file_name: file_name.to_string(),
            file_hash: hash.to_string(),
            kind: match kind {
                DocumentKind::Pdf => KindLabel::Pdf,
                DocumentKind::Docx => KindLabel::Docx,
                DocumentKind::Image => KindLabel::Image,
            },
            // No file is larger than half of what 64 bits count.
            size_bytes: i64::try_from(*size).unwrap_or(i64::MAX),
            storage_location: location.clone(),
            status: label_of(*status),
            page_count: pages.map(i64::from),
            extracted_text: text.clone(),
            error_message: error.clone(),
            created_at: *created_at,
            processed_at: *processed_at,
        }
    }

    fn from_row(row: DocumentRow) -> Result<Self, MappingError> {
        let DocumentRow {
            id,
            file_name,
            file_hash,
            kind,
            size_bytes,
            storage_location,
            status,
            page_count,
            extracted_text,
            error_message,
            created_at,
            processed_at,
        } = row;
        Ok(Self::restore(DocumentState {
            id: id.into(),
            file_name: file_name.parse()?,
            hash: file_hash.parse()?,
            kind: match kind {
                KindLabel::Pdf => DocumentKind::Pdf,
                KindLabel::Docx => DocumentKind::Docx,
                KindLabel::Image => DocumentKind::Image,
            },
            size: size_bytes.try_into()?,
            location: storage_location,
            status: status_of(status),
            pages: page_count.map(u32::try_from).transpose()?,
            text: extracted_text,
            error: error_message,
            created_at,
            processed_at,
        }))
    }
}

/// Nobody is told of a document.
impl Events<Db> for Document {}

/// The status as the database knows it.
pub(crate) fn label_of(status: Status) -> StatusLabel {
    match status {
        Status::Pending => StatusLabel::Pending,
        Status::Processing => StatusLabel::Processing,
        Status::Completed => StatusLabel::Completed,
        Status::Failed => StatusLabel::Failed,
    }
}

fn status_of(label: StatusLabel) -> Status {
    match label {
        StatusLabel::Pending => Status::Pending,
        StatusLabel::Processing => Status::Processing,
        StatusLabel::Completed => Status::Completed,
        StatusLabel::Failed => Status::Failed,
    }
}
