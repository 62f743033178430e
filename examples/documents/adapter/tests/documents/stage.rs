//! What every case needs: a storage with its tables, documents, points of time, a reader of files.

use std::future::Future;
use std::sync::Once;
use std::time::{Duration, SystemTime};

use documents_adapter::{ArrivedBytes, DocumentsStorage, KEYS, StorageError, history};
use documents_domain::{
    ArrivedContent, Document, DocumentKind, DocumentRepository, Extracted, Extractor, Failure, Intake,
    Repositories, Storage, UnitOfWork,
};
use underpin::driver::Access;
use underpin::migrate::{ConnectionTarget, Destination, Runner};
use underpin::secrets::KeyRing;

use crate::scratch::Scratch;

const EMPTY: &str = "
TRUNCATE documents, borrowers, income_records, account_numbers, source_references";

/// Keys for all cases of this process, as a program has them.
fn with_keys() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| KEYS.load(KeyRing::generate().expect("random bytes")));
}

pub(crate) fn memory() -> DocumentsStorage {
    with_keys();
    DocumentsStorage::memory().expect("the tables agree")
}

/// A storage whose tables the revisions have built.
pub(crate) async fn built(scratch: &Scratch) -> DocumentsStorage {
    with_keys();
    let storage = DocumentsStorage::connect(scratch.url()).await.expect("a scratch database");
    let history = history().expect("well-formed revisions");
    let connection = storage.database().driver().acquire(Access::Write).await.expect("a connection");
    let mut target = ConnectionTarget::new(connection).expect("a database with revisions");
    Runner::new(&history).upgrade(&mut target, &Destination::head()).await.expect("the revisions run");
    storage
}

pub(crate) async fn emptied(storage: &DocumentsStorage) {
    let mut connection = storage.database().driver().acquire(Access::Write).await.expect("a connection");
    connection.script(EMPTY).await.expect("the tables are there");
}

pub(crate) fn at(second: u64) -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_secs(1_790_000_000 + second)
}

/// The content of a PDF that says this.
pub(crate) fn content(says: &str) -> Vec<u8> {
    format!("%PDF-1.4 {says}").into_bytes()
}

/// A document that has come in, and is not kept yet.
pub(crate) fn received(name: &str, says: &str, second: u64) -> Document {
    let content = ArrivedBytes::from(content(says));
    let file_name = name.parse().expect(name);
    let (hash, size) = (content.hash(), content.size());
    Document::receive(file_name, hash, DocumentKind::Pdf, size, hash.to_string(), at(second))
}

/// Takes in a document and commits.
pub(crate) async fn kept(storage: &DocumentsStorage, document: Document) -> Document {
    let mut uow = storage.begin().await.expect("the storage works");
    let intake = uow.documents().create(document).await.expect("it is kept");
    uow.commit().await.expect("it is kept");
    match intake {
        Intake::New(document) => document,
        Intake::Known(_) => panic!("it is there already"),
    }
}

pub(crate) async fn found(storage: &DocumentsStorage, document: &Document) -> Option<Document> {
    let mut uow = storage.begin().await.expect("the storage works");
    uow.documents().get_by_id(document.id()).await.expect("the storage works")
}

/// Tries again what only failed because somebody else was at it, as the program does.
pub(crate) async fn insisted<T, F: Future<Output = Result<T, Failure<StorageError>>>>(
    work: impl Fn() -> F,
) -> Result<T, Failure<StorageError>> {
    loop {
        match work().await {
            Err(Failure::Outside(error)) if error.is_retryable() => tokio::task::yield_now().await,
            done => return done,
        }
    }
}

/// Reads what stands behind the first nine characters, and fails if that begins with "broken".
pub(crate) struct Reader;

impl Extractor for Reader {
    async fn extract(&self, _: DocumentKind, content: Vec<u8>) -> Result<Extracted, String> {
        tokio::task::yield_now().await;
        let text = String::from_utf8(content).expect("text")[9..].to_owned();
        if text.starts_with("broken") { Err(text) } else { Ok(Extracted { pages: Some(1), text }) }
    }
}
