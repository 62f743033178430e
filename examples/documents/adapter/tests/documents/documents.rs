//! The six operations of the repository.

use documents_adapter::DocumentsStorage;
use documents_domain::{
    Document, DocumentId, DocumentRepository, Failure, IllegalMove, Intake, Listing, Paging, Refusal,
    Repositories, Status, Storage, UnitOfWork,
};

use crate::stage::{at, found, kept, received};

fn names(documents: &[Document]) -> Vec<&str> {
    documents.iter().map(|document| document.state().file_name.as_str()).collect()
}

pub(crate) async fn a_document_is_kept_as_it_is(storage: &DocumentsStorage) {
    let received = received("Lohn März (1); --'.pdf", "a", 1);
    let document = kept(storage, received.clone()).await;
    assert_eq!(document, received);
    assert_eq!(found(storage, &document).await, Some(document.clone()));
    let mut uow = storage.begin().await.expect("the storage works");
    let mut documents = uow.documents();
    let by_hash = documents.get_by_hash(document.state().hash).await.expect("the storage works");
    assert_eq!(by_hash, Some(document));
    assert_eq!(documents.get_by_id(DocumentId::new()).await.expect("the storage works"), None);
}

pub(crate) async fn the_same_content_is_one_document(storage: &DocumentsStorage) {
    let first = kept(storage, received("a.pdf", "a", 1)).await;
    let mut uow = storage.begin().await.expect("the storage works");
    let batch = vec![
        received("b.pdf", "b", 2),
        received("again.pdf", "a", 2),
        received("c.pdf", "b", 2),
        received("d.pdf", "d", 2),
    ];
    let (b, d) = (batch[0].clone(), batch[3].clone());
    let intakes = uow.documents().create_all(batch).await.expect("the storage works");
    uow.commit().await.expect("the storage works");
    let expected = [Intake::New(b.clone()), Intake::Known(first.clone()), Intake::Known(b), Intake::New(d)];
    assert_eq!(intakes, expected);
    let mut uow = storage.begin().await.expect("the storage works");
    let again = uow.documents().create(received("again.pdf", "a", 3)).await.expect("the storage works");
    assert_eq!(again, Intake::Known(first));
}

pub(crate) async fn what_is_created_is_there_before_the_commit_and_gone_without_it(
    storage: &DocumentsStorage,
) {
    let document = received("a.pdf", "a", 1);
    let mut uow = storage.begin().await.expect("the storage works");
    let mut documents = uow.documents();
    let intake = documents.create(document.clone()).await.expect("it is kept");
    assert_eq!(intake, Intake::New(document.clone()));
    let there = documents.get_by_id(document.id()).await.expect("the storage works");
    assert_eq!(there, Some(document.clone()), "with its id and times, before the commit");
    let mut there = there.expect("a document");
    there.start().expect("it waits");
    documents.update_status(&mut there).await.expect("it is written");
    drop(uow);
    assert_eq!(found(storage, &document).await, None, "nothing was committed");
}

pub(crate) async fn lists_are_newest_first_by_status_and_page(storage: &DocumentsStorage) {
    for (name, second) in [("b", 2), ("a", 1), ("d", 4), ("c", 3)] {
        kept(storage, received(name, name, second)).await;
    }
    let mut uow = storage.begin().await.expect("the storage works");
    let mut documents = uow.documents();
    let mut taken = documents.list_pending(1).await.expect("the storage works");
    taken[0].start().expect("it waits");
    documents.update_status(&mut taken[0]).await.expect("it is written");
    for (status, offset, limit, expected) in [
        (None, 0, 100, &["d", "c", "b", "a"][..]),
        (None, 1, 2, &["c", "b"]),
        (None, i64::MAX, 2, &[]),
        (Some(Status::Pending), 0, 100, &["d", "c", "b"]),
        (Some(Status::Processing), 0, 100, &["a"]),
        (Some(Status::Failed), 0, 100, &[]),
    ] {
        let paging = Paging::new(offset, limit).expect("a part");
        let listed = documents.list_documents(Listing { status, paging }).await.expect("the storage works");
        assert_eq!(names(&listed), expected, "{status:?} {offset} {limit}");
    }
}

pub(crate) async fn what_waits_comes_oldest_first(storage: &DocumentsStorage) {
    for (name, second) in [("b", 2), ("a", 1), ("c", 3)] {
        kept(storage, received(name, name, second)).await;
    }
    let mut uow = storage.begin().await.expect("the storage works");
    let waiting = uow.documents().list_pending(2).await.expect("the storage works");
    assert_eq!(names(&waiting), ["a", "b"]);
}

pub(crate) async fn a_move_is_judged_by_where_the_document_is_now(storage: &DocumentsStorage) {
    let mut document = kept(storage, received("a.pdf", "a", 1)).await;
    let mut late = document.clone();
    let mut uow = storage.begin().await.expect("the storage works");
    document.start().expect("it waits");
    uow.documents().update_status(&mut document).await.expect("it is written");
    document.complete(Some(2), "text", at(2)).expect("somebody is at it");
    uow.documents().update_status(&mut document).await.expect("it is written");
    uow.commit().await.expect("it is kept");

    // Somebody who read it before tells an old story.
    late.start().expect("it waited when it was read");
    let mut uow = storage.begin().await.expect("the storage works");
    let told = uow.documents().update_status(&mut late).await;
    let refused = IllegalMove { from: Status::Completed, to: Status::Processing };
    assert!(matches!(told, Err(Failure::Refused(Refusal::IllegalMove(it))) if it == refused), "{told:?}");
    drop(uow);
    assert_eq!(found(storage, &document).await, Some(document));
}
