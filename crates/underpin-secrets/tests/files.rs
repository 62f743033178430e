//! Key files and variables: what is read, what is refused, and what is left behind.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use underpin_secrets::{KeyRing, SecretsError};

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

fn refused<T>(read: Result<T, SecretsError>, why: &str) {
    let Err(error) = read else { panic!("it must be refused: {why}") };
    assert!(error.is_keys() && error.to_string().contains(why) && error.hint().is_some(), "{error:?}");
}

#[test]
fn a_file_is_for_its_owner_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("keys");
    let ring = KeyRing::generate().unwrap();
    ring.create_file(&path).unwrap();
    assert_eq!(mode(&path), 0o600);
    assert_eq!(KeyRing::from_file(&path).unwrap().expose().expose(), ring.expose().expose());
    refused(KeyRing::generate().unwrap().create_file(&path), "there is a key file");
    for unsafe_mode in [0o640, 0o604, 0o644, 0o620, 0o601, 0o660, 0o777] {
        fs::set_permissions(&path, fs::Permissions::from_mode(unsafe_mode)).unwrap();
        refused(KeyRing::from_file(&path), &format!("(mode {unsafe_mode:04o})"));
    }
    for safe_mode in [0o600, 0o400, 0o700] {
        fs::set_permissions(&path, fs::Permissions::from_mode(safe_mode)).unwrap();
        KeyRing::from_file(&path).unwrap();
    }
}

#[test]
fn another_ring_takes_the_place_of_the_one_before() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("keys");
    let ring = KeyRing::generate().unwrap();
    refused(ring.replace_file(&path), "there is no key file");
    ring.create_file(&path).unwrap();
    let more = ring.with_new_key().unwrap();
    more.replace_file(&path).unwrap();
    assert_eq!(mode(&path), 0o600);
    assert_eq!(KeyRing::from_file(&path).unwrap().expose().expose(), more.expose().expose());
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is left beside it");
}

#[test]
fn what_is_no_key_file_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("keys");
    refused(KeyRing::from_file(&path), "there is no key file");
    refused(KeyRing::from_file(folder.path()), "is no file");
    refused(KeyRing::generate().unwrap().create_file(folder.path().join("no/keys")), "cannot be written");
    for (content, why) in [
        (&b""[..], "the key ring is empty"),
        (b"hunter2", "entry 1 of the key ring is not one"),
        (b"\xff\xfe", "entry 1 of the key ring is not one"),
        (&[b'#'; 2 << 20], "far too long"),
    ] {
        fs::write(&path, content).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
        refused(KeyRing::from_file(&path), why);
        refused(KeyRing::from_file(&path), &path.display().to_string());
    }
}

#[test]
fn a_variable_that_is_not_there_is_no_ring() {
    assert!(KeyRing::from_environment("UNDERPIN_NO_SUCH_VARIABLE").unwrap().is_none());
    // One that every test run has, and that is none.
    let error = KeyRing::from_environment("CARGO_MANIFEST_DIR").unwrap_err();
    assert!(error.to_string().starts_with("the variable CARGO_MANIFEST_DIR: entry 1"), "{error}");
    assert!(!format!("{error:?}").contains("crates"), "{error:?}");
}
