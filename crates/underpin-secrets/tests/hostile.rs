//! Whatever stands in a column, a file or a variable: an error, never a panic, and never a value.

#![allow(clippy::unwrap_used, reason = "tests")]

use std::sync::LazyLock;

use proptest::prelude::*;
use underpin_secrets::{Cipher, Envelope, KeyRing};

fn cipher() -> &'static Cipher {
    static CIPHER: LazyLock<Cipher> =
        LazyLock::new(|| KeyRing::generate().unwrap().cipher("patients.phone").unwrap());
    &CIPHER
}

/// Bytes that look like an envelope the more the deeper a decoder looks.
fn almost_an_envelope() -> impl Strategy<Value = Vec<u8>> {
    let header =
        prop_oneof![any::<[u8; 6]>(), Just(Envelope::prefix(1)), (0_u32..4).prop_map(Envelope::prefix)];
    (header, prop::collection::vec(any::<u8>(), 0..200))
        .prop_map(|(header, rest)| [&header[..], &rest].concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(5_000))]

    #[test]
    fn no_bytes_are_a_value(bytes in prop_oneof![prop::collection::vec(any::<u8>(), 0..100), almost_an_envelope()]) {
        let error = cipher().open("patient_1", bytes.clone()).unwrap_err();
        prop_assert_eq!(error.to_string(), "cannot decrypt patients.phone");
        let parsed = Envelope::parse(&bytes);
        prop_assert_eq!(parsed.is_err(), error.is_malformed());
        prop_assert_eq!(parsed.is_ok(), error.is_refused() || error.is_unknown_key());
    }

    #[test]
    fn what_is_sealed_opens_and_altered_does_not(
        plain in prop::collection::vec(any::<u8>(), 0..300),
        row in "\\PC{1,40}",
        (at, with) in (any::<prop::sample::Index>(), 1_u8..),
    ) {
        let cipher = cipher();
        let sealed = cipher.seal(&row, &plain).unwrap();
        prop_assert_eq!(&*cipher.open(&row, sealed.clone()).unwrap(), &plain);
        let mut altered = sealed;
        let at = at.index(altered.len());
        altered[at] ^= with;
        prop_assert!(cipher.open(&row, altered).is_err());
    }

    #[test]
    fn no_text_breaks_the_reading_of_keys(text in "([0-9]{0,3}:(primary|active)?:[A-Za-z0-9+/=]{0,50}[,\\n]?|\\PC){0,5}") {
        if let Err(error) = KeyRing::parse(&text) {
            prop_assert!(error.is_keys() && error.to_string().len() < 120);
        }
    }
}
