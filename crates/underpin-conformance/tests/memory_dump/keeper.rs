//! A keeper with a key and a value that nobody else has.

use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Command, Stdio};

use underpin::secrets::{KeyRing, KeyState, RootKey};

use crate::dump::Dump;

/// Where a keeper has its keys from.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Keys {
    File,
    Environment,
}

/// What a keeper is given.
pub(crate) struct Given {
    pub(crate) root: [u8; 32],
    /// It does not fill its last block, so that the end is encrypted by itself.
    pub(crate) value: String,
}

fn random() -> [u8; 32] {
    let mut bytes = [0; 32];
    for half in bytes.chunks_exact_mut(16) {
        half.copy_from_slice(uuid::Uuid::new_v4().as_bytes());
    }
    bytes
}

impl Given {
    pub(crate) fn new() -> Self {
        let mut value: String = random().iter().map(|byte| format!("{byte:02x}")).collect();
        value.truncate(61);
        Self { root: random(), value }
    }

    pub(crate) fn ring(&self) -> KeyRing {
        let root = RootKey::from_bytes(&self.root).unwrap();
        KeyRing::from_keys([(1, KeyState::Primary, root)]).unwrap()
    }

    /// Lets one work, and takes its memory while it waits.
    pub(crate) fn dump_of_keeper(&self, hold: &str, url: &str, keys: Keys) -> Dump {
        let folder = tempfile::tempdir().unwrap();
        let (key_file, value_file) = (folder.path().join("keys"), folder.path().join("value"));
        self.ring().create_file(&key_file).unwrap();
        fs::write(&value_file, &self.value).unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_keeper"));
        command.env_remove(KeyRing::VARIABLE).env_remove(KeyRing::FILE_VARIABLE).args([hold, url]);
        match keys {
            Keys::File => command.arg(&key_file),
            Keys::Environment => command.arg("-").env(KeyRing::VARIABLE, self.ring().expose().expose()),
        };
        command.arg(&value_file).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let mut said = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut said).unwrap();
        assert_eq!(said, "ready\n");
        let dump = Dump::of(child.id());
        child.stdin.take().unwrap().write_all(b"\n").unwrap();
        assert!(child.wait().unwrap().success());
        dump
    }
}
