//! What happens at the same moment, on connections of their own.

use std::collections::BTreeSet;

use documents_adapter::{DocumentsStorage, MemoryStore, StorageError};
use documents_domain::{
    Document, DocumentId, DocumentRepository, Failure, Intake, Processed, Repositories, Status, Storage,
    UnitOfWork, process_next,
};
use tokio::task::JoinSet;

use crate::stage::{Reader, at, insisted, received};
use crate::work::ingested;

/// Takes documents in, and lets others run before it commits.
async fn brought(
    storage: &DocumentsStorage,
    documents: &[Document],
) -> Result<Vec<Intake>, Failure<StorageError>> {
    let mut uow = storage.begin().await?;
    let intakes = uow.documents().create_all(documents.to_vec()).await?;
    for _ in 0..20 {
        tokio::task::yield_now().await;
    }
    uow.commit().await?;
    Ok(intakes)
}

pub(crate) async fn two_who_bring_the_same_content_get_one_document(storage: &DocumentsStorage) {
    for round in 0..20 {
        let says = format!("content {round}");
        let [a, b] = ["a.pdf", "b.pdf"].map(|name| vec![received(name, &says, round)]);
        let (first, second) =
            tokio::join!(insisted(|| brought(storage, &a)), insisted(|| brought(storage, &b)));
        let intakes = [first.expect("it works").remove(0), second.expect("it works").remove(0)];
        let new: Vec<_> = intakes.iter().filter(|intake| matches!(intake, Intake::New(_))).collect();
        assert_eq!(new.len(), 1, "{intakes:?}");
        assert_eq!(intakes[0].document(), intakes[1].document(), "the second is told which");
    }
}

pub(crate) async fn batches_of_the_same_contents_do_not_wait_for_each_other(storage: &DocumentsStorage) {
    let all: Vec<Document> =
        (0..50).map(|number| received(&format!("{number}.pdf"), &number.to_string(), 1)).collect();
    let backwards: Vec<Document> = all.iter().rev().cloned().collect();
    let (first, second) =
        tokio::join!(insisted(|| brought(storage, &all)), insisted(|| brought(storage, &backwards)));
    let ids = |intakes: &[Intake]| -> BTreeSet<DocumentId> {
        intakes.iter().map(|intake| intake.document().id()).collect()
    };
    let (first, second) = (first.expect("no deadlock"), second.expect("no deadlock"));
    assert_eq!(ids(&first), ids(&second));
    assert_eq!(ids(&first).len(), 50);
}

pub(crate) async fn four_workers_never_take_the_same_document(storage: &DocumentsStorage) {
    let contents: &'static MemoryStore = Box::leak(Box::default());
    let names: Vec<String> = (0..60).map(|number| format!("document {number}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let waiting = ingested(storage, contents, &names).await;
    let mut workers = JoinSet::new();
    for _ in 0..4 {
        let storage = storage.clone();
        workers.spawn(async move {
            let mut done: Vec<DocumentId> = Vec::new();
            loop {
                let next = insisted(|| process_next(&storage, contents, &Reader, || at(9))).await;
                match next.expect("nobody moves a document that another one has") {
                    Processed::Document(document) => {
                        assert_eq!(document.status(), Status::Completed);
                        done.push(document.id());
                    }
                    Processed::Nothing => return done,
                }
            }
        });
    }
    let mut done: Vec<DocumentId> = workers.join_all().await.concat();
    done.sort();
    let mut expected: Vec<DocumentId> = waiting.iter().map(Document::id).collect();
    expected.sort();
    assert_eq!(done, expected, "each was read, and by one worker only");
}
