//! The directory of the files: whole or not there, whatever happens.

use std::fs;
use std::path::Path;
use std::time::{Duration, SystemTime};

use documents_adapter::{ArrivedFile, FileStore, TooLarge};
use documents_domain::{ArrivedContent, ContentStore};
use tempfile::TempDir;

fn store() -> (TempDir, FileStore) {
    let directory = tempfile::Builder::new().prefix("underpin-documents-").tempdir().expect("a directory");
    let store = FileStore::open(directory.path().join("store")).expect("a store");
    (directory, store)
}

fn arrived(store: &FileStore, content: &[u8]) -> ArrivedFile {
    let mut receiving = store.receive(1000).expect("a file");
    for bytes in content.chunks(7) {
        receiving.take(bytes).expect("the disk takes it").expect("it is not too large");
    }
    receiving.end().expect("the disk takes it")
}

/// All files below a directory.
fn files(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push(path.display().to_string());
        }
    }
    found
}

#[tokio::test]
async fn a_content_is_kept_under_its_hash() {
    let (directory, store) = store();
    // The SHA-256 of "abc" is in FIPS 180.
    let hash = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    let content = arrived(&store, b"abc");
    assert_eq!((content.hash().to_string().as_str(), content.size(), content.head()), (hash, 3, &b"abc"[..]));
    let location = store.location(content.hash());
    assert_eq!(location, format!("ba/{}", &hash[2..]));
    store.keep(vec![content, arrived(&store, b"abc"), arrived(&store, b"d")]).await.expect("it is kept");
    store.keep(vec![arrived(&store, b"abc")]).await.expect("once more");
    assert_eq!(store.read(&location).await.expect("it is kept"), b"abc");
    assert_eq!(files(directory.path()).len(), 2);
}

#[tokio::test]
async fn what_is_not_kept_is_gone() {
    let (directory, store) = store();
    let content = arrived(&store, b"abc");
    let mut half = store.receive(1000).expect("a file");
    half.take(b"ab").expect("the disk takes it").expect("it is not too large");
    assert_eq!(files(directory.path()).len(), 2);
    drop((content, half));
    assert!(files(directory.path()).is_empty());
}

#[test]
fn what_is_too_large_is_not_written() {
    let (directory, store) = store();
    let mut receiving = store.receive(4).expect("a file");
    assert_eq!(receiving.take(b"abcd").expect("the disk takes it"), Ok(()));
    assert_eq!(receiving.take(b"e").expect("nothing is written"), Err(TooLarge { most: 4 }));
    drop(receiving);
    assert!(files(directory.path()).is_empty());
}

#[tokio::test]
async fn all_are_kept_or_none() {
    let (directory, store) = store();
    let (a, b) = (arrived(&store, b"a"), arrived(&store, b"b"));
    // Somebody has taken the place of the second one.
    let place = directory.path().join("store").join(store.location(b.hash()));
    fs::create_dir_all(place.join("in the way")).expect("a folder");
    let told = store.keep(vec![a, b]).await.expect_err("a folder is in the way").to_string();
    assert!(told.starts_with("cannot keep "), "{told}");
    assert!(files(directory.path()).is_empty());
}

#[tokio::test]
async fn a_place_leads_nowhere_else_and_what_was_changed_is_told() {
    let (directory, store) = store();
    fs::write(directory.path().join("secret"), b"abc").expect("a file");
    for place in ["", "secret", "../secret", "/etc/passwd", "ba/../../secret", "ab/ü"] {
        assert!(store.read(place).await.is_err(), "{place}");
    }
    let content = arrived(&store, b"abc");
    let location = store.location(content.hash());
    store.keep(vec![content]).await.expect("it is kept");
    fs::write(directory.path().join("store").join(&location), b"abd").expect("somebody may write there");
    let told = store.read(&location).await.expect_err("it was changed").to_string();
    assert!(told.ends_with("it is not what was kept there"), "{told}");
}

#[tokio::test]
async fn only_what_is_old_is_swept() {
    let (directory, store) = store();
    let content = arrived(&store, b"abc");
    let hash = content.hash();
    store.keep(vec![content]).await.expect("it is kept");
    let left_over = directory.path().join("store/incoming/left over by a kill");
    fs::write(&left_over, b"ab").expect("a file");
    let hour = Duration::from_secs(3600);
    assert!(store.kept_before(SystemTime::now() - hour).await.expect("it works").is_empty());
    assert!(left_over.exists());
    assert_eq!(store.kept_before(SystemTime::now() + hour).await.expect("it works"), [hash]);
    assert!(!left_over.exists());
    store.discard(vec![hash, hash]).await.expect("it works");
    assert!(files(directory.path()).is_empty());
}
