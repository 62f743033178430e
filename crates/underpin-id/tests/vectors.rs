//! The thirty facts that the TypeID specification gives: nine texts that are ids, twenty-one that are not.

use underpin_id::{Id, Prefix};
use uuid::Uuid;

macro_rules! kinds {
    ($($name:ident = $prefix:literal),* $(,)?) => {
        $(
            #[derive(Debug)]
            struct $name;
            impl Prefix for $name {
                const PREFIX: &'static str = $prefix;
            }
        )*

        /// Reads a text as each kind of this file in turn; how many take it, and what they read.
        fn read(text: &str) -> Vec<(&'static str, Uuid, String)> {
            let mut readings = Vec::new();
            $(
                if let Ok(id) = text.parse::<Id<$name>>() {
                    readings.push(($prefix, id.uuid(), id.to_string()));
                }
            )*
            readings
        }
    };
}

kinds! { Bare = "", Plain = "prefix", Inner = "pre_fix", First = "pre", Second = "fix" }

/// Name in the specification, text, prefix, UUID.
const VALID: [(&str, &str, &str, &str); 9] = [
    ("nil", "00000000000000000000000000", "", "00000000-0000-0000-0000-000000000000"),
    ("one", "00000000000000000000000001", "", "00000000-0000-0000-0000-000000000001"),
    ("ten", "0000000000000000000000000a", "", "00000000-0000-0000-0000-00000000000a"),
    ("sixteen", "0000000000000000000000000g", "", "00000000-0000-0000-0000-000000000010"),
    ("thirty-two", "00000000000000000000000010", "", "00000000-0000-0000-0000-000000000020"),
    ("max-valid", "7zzzzzzzzzzzzzzzzzzzzzzzzz", "", "ffffffff-ffff-ffff-ffff-ffffffffffff"),
    ("valid-alphabet", "prefix_0123456789abcdefghjkmnpqrs", "prefix", "0110c853-1d09-52d8-d73e-1194e95b5f19"),
    ("valid-uuidv7", "prefix_01h455vb4pex5vsknk084sn02q", "prefix", "01890a5d-ac96-774b-bcce-b302099a8057"),
    (
        "prefix-underscore",
        "pre_fix_00000000000000000000000000",
        "pre_fix",
        "00000000-0000-0000-0000-000000000000",
    ),
];

/// Name in the specification, text.
const INVALID: [(&str, &str); 21] = [
    ("prefix-uppercase", "PREFIX_00000000000000000000000000"),
    ("prefix-numeric", "12345_00000000000000000000000000"),
    ("prefix-period", "pre.fix_00000000000000000000000000"),
    ("prefix-non-ascii", "préfix_00000000000000000000000000"),
    ("prefix-spaces", "  prefix_00000000000000000000000000"),
    (
        "prefix-64-chars",
        "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijkl_00000000000000000000000000",
    ),
    ("separator-empty-prefix", "_00000000000000000000000000"),
    ("separator-empty", "_"),
    ("suffix-short", "prefix_1234567890123456789012345"),
    ("suffix-long", "prefix_123456789012345678901234567"),
    ("suffix-spaces", "prefix_1234567890123456789012345 "),
    ("suffix-uppercase", "prefix_0123456789ABCDEFGHJKMNPQRS"),
    ("suffix-hyphens", "prefix_123456789-123456789-123456"),
    ("suffix-wrong-alphabet", "prefix_ooooooiiiiiiuuuuuuulllllll"),
    ("suffix-ambiguous-crockford", "prefix_i23456789ol23456789oi23456"),
    ("suffix-hyphens-crockford", "prefix_123456789-0123456789-0123456"),
    ("suffix-overflow", "prefix_8zzzzzzzzzzzzzzzzzzzzzzzzz"),
    ("prefix-underscore-start", "_prefix_00000000000000000000000000"),
    ("prefix-underscore-end", "prefix__00000000000000000000000000"),
    ("empty", ""),
    ("prefix-empty", "prefix_"),
];

#[test]
fn valid_texts_are_ids_of_their_kind_alone_and_print_as_they_were_read() {
    for (name, text, prefix, uuid) in VALID {
        let uuid: Uuid = uuid.parse().unwrap();
        assert_eq!(read(text), [(prefix, uuid, text.to_owned())], "{name}");
    }
}

#[test]
fn invalid_texts_are_ids_of_no_kind() {
    for (name, text) in INVALID {
        assert_eq!(read(text), [], "{name}");
    }
}

#[test]
fn the_length_is_known_beforehand() {
    const { assert!(Id::<Bare>::LEN == 26 && Id::<Plain>::LEN == 33 && Id::<Inner>::LEN == 34) }
    assert_eq!(Id::<Plain>::new().to_string().len(), Id::<Plain>::LEN);
    assert_eq!(Id::<Bare>::new().to_string().len(), Id::<Bare>::LEN);
}
