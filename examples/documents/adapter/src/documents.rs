//! The documents of one unit of work.

use std::collections::{BTreeMap, HashMap, HashSet};

use documents_domain::{
    ContentHash, Document, DocumentId, DocumentRepository, Failure, Intake, Listing, Refusal, Status,
};
use underpin::prelude::*;
use underpin::{Result, UnitOfWork};
use uuid::Uuid;

use crate::mapping::label_of;
use crate::row::DocumentRow;
use crate::{Db, StorageError};

/// The documents, as a unit of work sees them; it is borrowed meanwhile.
#[derive(Debug)]
pub struct Documents<'u>(&'u mut UnitOfWork<Db>);

fn outside(error: underpin::Error) -> Failure<StorageError> {
    Failure::Outside(error.into())
}

impl<'u> Documents<'u> {
    /// In a unit of work, which somebody else commits.
    pub fn new(uow: &'u mut UnitOfWork<Db>) -> Self {
        Self(uow)
    }

    /// Inserts those whose contents are not there, and gives their ids. Whoever comes with the same content at the same
    /// moment waits here until this transaction has ended: that is what the UNIQUE constraint does, on each database.
    /// In the order of their hashes, so that two who come with the same contents do not wait for each other.
    async fn insert(&mut self, documents: BTreeMap<ContentHash, &Document>) -> Result<HashSet<Uuid>> {
        let rows: Vec<DocumentRow> = documents.into_values().map(<Document as Entity<Db>>::to_row).collect();
        let upsert = self.0.upsert(rows).on_conflict(DocumentRow::FILE_HASH).do_nothing();
        Ok(upsert.returning(DocumentRow::ID).execute().await?.into_iter().collect())
    }

    /// The documents that have these contents.
    async fn with_hashes(&mut self, hashes: &HashSet<ContentHash>) -> Result<HashMap<ContentHash, Document>> {
        let wanted = DocumentRow::FILE_HASH.is_in(hashes.iter().map(ContentHash::to_string));
        let documents = self.0.select::<Document>().filter(wanted).all().await?;
        Ok(documents.into_iter().map(|document| (document.state().hash, document)).collect())
    }
}

impl DocumentRepository for Documents<'_> {
    type Error = StorageError;

    async fn create(&mut self, document: Document) -> Result<Intake, Failure<StorageError>> {
        let intake = self.create_all(vec![document]).await?.pop();
        intake.ok_or_else(|| outside(vanished()))
    }

    async fn create_all(&mut self, documents: Vec<Document>) -> Result<Vec<Intake>, Failure<StorageError>> {
        // Of several with the same content the first counts.
        let mut distinct = BTreeMap::new();
        for document in &documents {
            distinct.entry(document.state().hash).or_insert(document);
        }
        let inserted = self.insert(distinct).await.map_err(outside)?;
        let is_new = |document: &Document| inserted.contains(&document.id().uuid());
        let mut others: HashMap<ContentHash, Document> = documents
            .iter()
            .filter(|document| is_new(document))
            .map(|document| (document.state().hash, document.clone()))
            .collect();
        let missing: HashSet<ContentHash> = documents
            .iter()
            .map(|document| document.state().hash)
            .filter(|hash| !others.contains_key(hash))
            .collect();
        if !missing.is_empty() {
            others.extend(self.with_hashes(&missing).await.map_err(outside)?);
        }
        let intake = |document: Document| {
            if is_new(&document) {
                return Ok(Intake::New(document));
            }
            let known = others.get(&document.state().hash).cloned();
            known.map(Intake::Known).ok_or_else(|| outside(vanished()))
        };
        documents.into_iter().map(intake).collect()
    }

    async fn get_by_id(&mut self, id: DocumentId) -> Result<Option<Document>, Failure<StorageError>> {
        self.0.get(id.uuid()).await.map_err(outside)
    }

    async fn get_by_hash(&mut self, hash: ContentHash) -> Result<Option<Document>, Failure<StorageError>> {
        let wanted = DocumentRow::FILE_HASH.eq(hash.to_string());
        self.0.select::<Document>().filter(wanted).first().await.map_err(outside)
    }

    async fn known(&mut self, hashes: &[ContentHash]) -> Result<HashSet<ContentHash>, Failure<StorageError>> {
        let hashes = hashes.iter().copied().collect();
        Ok(self.with_hashes(&hashes).await.map_err(outside)?.into_keys().collect())
    }

    async fn update_status(&mut self, document: &mut Document) -> Result<(), Failure<StorageError>> {
        let id = document.id();
        // Locked, so that of two who move it the second sees what the first has done.
        let stored = self.0.get_for_update::<Document>(id.uuid()).await.map_err(outside)?;
        stored.ok_or(Refusal::DocumentNotFound(id))?.status().to(document.status())?;
        self.0.save(document).map_err(outside)?;
        self.0.flush().await.map_err(outside)
    }

    async fn list_documents(&mut self, listing: Listing) -> Result<Vec<Document>, Failure<StorageError>> {
        let Listing { status, paging } = listing;
        self.0
            .select::<Document>()
            .filter_some(status, |status| DocumentRow::STATUS.eq(label_of(status)))
            .order_by((DocumentRow::CREATED_AT.desc(), DocumentRow::ID.desc()))
            .offset(paging.offset())
            .limit(u64::from(paging.limit()))
            .all()
            .await
            .map_err(outside)
    }

    async fn list_pending(&mut self, limit: u16) -> Result<Vec<Document>, Failure<StorageError>> {
        // PostgreSQL passes over what another worker holds; on SQLite there is one writer at a time, so that nobody
        // holds anything.
        self.0
            .select::<Document>()
            .filter(DocumentRow::STATUS.eq(label_of(Status::Pending)))
            .order_by((DocumentRow::CREATED_AT.asc(), DocumentRow::ID.asc()))
            .limit(u64::from(limit))
            .skip_locked()
            .all()
            .await
            .map_err(outside)
    }
}

/// That a document which was in the way is not to be seen: nothing deletes documents, so that it can only be that the
/// transaction sees a state from before.
fn vanished() -> underpin::Error {
    underpin::Error::usage(
        "a document with the same content was in the way and is not to be seen",
        "take documents in at the isolation level READ COMMITTED",
    )
}
