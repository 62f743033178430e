//! The golden file: values as they are stored, which no version of the program may read differently.
//!
//! `tests/golden.py` says the same of the same file without a line of this program.

use crate::{Cipher, KeyRing, KeyState, Padding, RootKey, RowId};

const FILE: &str = include_str!("../tests/data/golden.txt");

struct Case<'f> {
    name: &'f str,
    cipher: Cipher,
    row: Vec<&'f str>,
    nonce: [u8; 12],
    plain: Vec<u8>,
    envelope: Vec<u8>,
}

impl Case<'_> {
    fn seal(&self, row: RowId<'_>) -> Vec<u8> {
        let value = (row, self.plain.as_slice());
        self.cipher
            .keys()
            .seal_with(|_| Ok(self.nonce), self.cipher.padding(), value, <[u8]>::to_vec)
            .unwrap()
    }
}

fn bytes(hex: &str) -> Vec<u8> {
    (0..hex.len()).step_by(2).map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap()).collect()
}

fn case(text: &str) -> Case<'_> {
    let field = |name: &str| {
        let mut lines = text.lines().filter_map(|line| line.split_once(':'));
        lines.find(|(field, _)| *field == name).map(|(_, value)| value.trim()).unwrap()
    };
    let root = RootKey::from_bytes(&bytes(field("key"))).unwrap();
    let ring = KeyRing::from_keys([(field("id").parse().unwrap(), KeyState::Primary, root)]).unwrap();
    let padding = match field("padding") {
        "0" => Padding::None,
        "16" => Padding::To16,
        "32" => Padding::To32,
        _ => Padding::To64,
    };
    Case {
        name: field("name"),
        cipher: ring.cipher(field("context")).unwrap().padded(padding),
        row: field("row").split(' ').collect(),
        nonce: bytes(field("nonce")).try_into().unwrap(),
        plain: bytes(field("plain")),
        envelope: bytes(field("envelope")),
    }
}

#[test]
fn values_are_stored_as_ever() {
    let cases: Vec<_> = FILE.split("\n\n").skip(1).map(case).collect();
    assert_eq!(cases.len(), 6, "the file is whole");
    for case in cases {
        let row = || match case.row[..] {
            [id] => RowId::from(id),
            _ => RowId::from(&case.row[..]),
        };
        assert_eq!(case.seal(row()), case.envelope, "{}", case.name);
        assert_eq!(*case.cipher.open(row(), case.envelope).unwrap(), case.plain, "{}", case.name);
    }
}
