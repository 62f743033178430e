//! `documents list`: lists documents, the newest first.

use documents_adapter::DocumentsStorage;
use documents_domain::{Document, DocumentRepository, Listing, Paging, Repositories, Status, Storage};
use serde_json::json;

use crate::cli::Format;
use crate::error::{End, Error};
use crate::output::{self, Column, readable, shown};
use crate::shape::DocumentShape;

const COLUMNS: [Column; 6] = [
    Column::new("ID", 36),
    Column::new("STATUS", 10),
    Column::new("KIND", 5),
    Column::right("PAGES", 5),
    Column::new("CAME IN", 20),
    Column::last("FILE"),
];

pub(crate) async fn run(
    storage: &DocumentsStorage,
    status: Option<Status>,
    paging: Paging,
    format: Format,
) -> Result<End, Error> {
    let mut uow = storage.begin().await?;
    let documents = uow.documents().list_documents(Listing { status, paging }).await?;
    let mut listing = output::Listing::begin(format, &COLUMNS)?;
    documents
        .iter()
        .try_for_each(|document| listing.push(|| cells(document), || json!(DocumentShape::from(document))))?;
    listing.end()?;
    Ok(End::Done)
}

fn cells(document: &Document) -> [String; 6] {
    let state = document.state();
    [
        state.id.to_string(),
        state.status.to_string(),
        state.kind.to_string(),
        state.pages.map(|pages| pages.to_string()).unwrap_or_default(),
        readable(state.created_at),
        shown(state.file_name.as_str()),
    ]
}
