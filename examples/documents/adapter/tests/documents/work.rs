//! Documents come in, are read, fail, and are tried again.

use documents_adapter::{ArrivedBytes, DocumentsStorage, MemoryStore};
use documents_domain::{
    Arrival, ArrivedContent, ContentStore, Document, Failure, Intake, Processed, Refusal, Repositories,
    Status, Storage, UnitOfWork, ingest_documents, process_next, retry_abandoned, retry_document,
    sweep_contents,
};

use crate::stage::{Reader, at, content, found};

/// Takes in files that say this.
pub(crate) async fn ingested(
    storage: &DocumentsStorage,
    contents: &MemoryStore,
    texts: &[&str],
) -> Vec<Document> {
    let arrival = |text: &&str| {
        Arrival::new("a.pdf".parse().expect("a name"), ArrivedBytes::from(content(text))).expect(text)
    };
    let arrivals = texts.iter().map(arrival).collect();
    let mut uow = storage.begin().await.expect("the storage works");
    let intakes = ingest_documents(&mut uow.documents(), contents, arrivals, at(1)).await.expect("it works");
    uow.commit().await.expect("it is kept");
    intakes.iter().map(Intake::document).cloned().collect()
}

async fn processed(storage: &DocumentsStorage, contents: &MemoryStore) -> Option<Document> {
    match process_next(storage, contents, &Reader, || at(9)).await.expect("the storage works") {
        Processed::Document(document) => Some(document),
        Processed::Nothing => None,
    }
}

pub(crate) async fn a_document_is_read(storage: &DocumentsStorage) {
    let contents = MemoryStore::default();
    let documents = ingested(storage, &contents, &["first", "second", "first"]).await;
    assert_eq!((documents[0].id(), contents.count()), (documents[2].id(), 2));
    let first = processed(storage, &contents).await.expect("two wait");
    let state = first.state();
    assert_eq!((first.id(), state.text.as_deref(), state.pages), (documents[0].id(), Some("first"), Some(1)));
    assert_eq!((state.status, state.processed_at), (Status::Completed, Some(at(9))));
    assert_eq!(found(storage, &first).await, Some(first));
    assert!(processed(storage, &contents).await.is_some());
    assert_eq!(processed(storage, &contents).await, None);
}

pub(crate) async fn what_cannot_be_read_fails_and_is_tried_again(storage: &DocumentsStorage) {
    let contents = MemoryStore::default();
    let id = ingested(storage, &contents, &["broken\0 x"]).await[0].id();
    let failed = processed(storage, &contents).await.expect("it waits");
    assert_eq!((failed.status(), failed.state().error.as_deref()), (Status::Failed, Some("broken x")));
    assert_eq!(processed(storage, &contents).await, None, "it is not tried again by itself");

    let mut uow = storage.begin().await.expect("the storage works");
    let retried = retry_document(&mut uow.documents(), id).await.expect("it failed");
    uow.commit().await.expect("it is kept");
    assert_eq!((retried.status(), retried.state().error.as_deref()), (Status::Pending, None));
    let mut uow = storage.begin().await.expect("the storage works");
    let again = retry_document(&mut uow.documents(), id).await;
    assert!(matches!(again, Err(Failure::Refused(Refusal::IllegalMove(_)))), "{again:?}");
    drop(uow);

    // A content that is gone is told as well.
    contents.discard(vec![retried.state().hash]).await.expect("it is there");
    let failed = processed(storage, &contents).await.expect("it waits");
    assert_eq!(failed.state().error.as_deref(), Some("the content is not to be had"));
}

pub(crate) async fn what_somebody_left_behind_is_tried_again(storage: &DocumentsStorage) {
    let contents = MemoryStore::default();
    let mut document = ingested(storage, &contents, &["a"]).await.remove(0);
    let mut uow = storage.begin().await.expect("the storage works");
    document.start().expect("it waits");
    documents_domain::DocumentRepository::update_status(&mut uow.documents(), &mut document)
        .await
        .expect("it is written");
    uow.commit().await.expect("it is kept");
    assert_eq!(processed(storage, &contents).await, None);

    let mut uow = storage.begin().await.expect("the storage works");
    let freed = retry_abandoned(&mut uow.documents(), document.id(), at(2)).await.expect("nobody is at it");
    uow.commit().await.expect("it is kept");
    assert_eq!(freed.status(), Status::Pending);
    assert_eq!(processed(storage, &contents).await.expect("it waits").status(), Status::Completed);
}

pub(crate) async fn what_has_no_document_is_swept(storage: &DocumentsStorage) {
    let contents = MemoryStore::default();
    let document = ingested(storage, &contents, &["a"]).await.remove(0);
    let stray = ArrivedBytes::from(content("stray"));
    let hash = stray.hash();
    contents.keep(vec![stray]).await.expect("memory");
    let mut uow = storage.begin().await.expect("the storage works");
    assert_eq!(sweep_contents(&mut uow.documents(), &contents, at(9)).await.expect("it works"), 1);
    assert!(contents.read(&hash.to_string()).await.is_err());
    assert!(contents.read(&document.state().location).await.is_ok());
}
