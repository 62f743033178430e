//! A value is read in its place alone: by its key, in its row, in its column, unaltered.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

use std::collections::HashSet;

use underpin_secrets::{
    Cipher, Encrypted, EncryptedText, Envelope, KeyRing, Padding, RowId, Secret, SecretsError,
};

const PLAIN: &[u8] = b"hunter2 is no password";

fn ring() -> KeyRing {
    KeyRing::generate().unwrap()
}

fn cipher(ring: &KeyRing) -> Cipher {
    ring.cipher("patients.phone").unwrap()
}

fn refused<T>(opened: Result<T, SecretsError>) -> SecretsError {
    let error = opened.err().expect("it must not open");
    let told = format!("{error} {error:?} {:?}", error.hint());
    assert!(!told.contains("hunter2"), "{told}");
    assert_eq!(error.to_string(), "cannot decrypt patients.phone", "whoever asks learns no more");
    error
}

#[test]
fn it_opens_in_its_place() {
    for padding in [Padding::None, Padding::To16, Padding::To32, Padding::To64] {
        let cipher = cipher(&ring()).padded(padding);
        for len in 0..130 {
            let plain = vec![7; len];
            let sealed = cipher.seal("patient_1", &plain).unwrap();
            assert_eq!(*cipher.open("patient_1", sealed).unwrap(), plain);
        }
    }
}

#[test]
fn every_bit_counts() {
    let cipher = cipher(&ring());
    let sealed = cipher.seal("patient_1", PLAIN).unwrap();
    assert_eq!(sealed.len(), PLAIN.len() + Envelope::OVERHEAD);
    for bit in 0..sealed.len() * 8 {
        let mut altered = sealed.clone();
        altered[bit / 8] ^= 1 << (bit % 8);
        refused(cipher.open("patient_1", altered));
    }
}

#[test]
fn every_length_counts() {
    let cipher = cipher(&ring());
    let sealed = cipher.seal("patient_1", PLAIN).unwrap();
    for len in 0..sealed.len() {
        refused(cipher.open("patient_1", sealed[..len].to_vec()));
        refused(cipher.open("patient_1", sealed[sealed.len() - len..].to_vec()));
    }
    refused(cipher.open("patient_1", [&sealed[..], &[0]].concat()));
}

#[test]
fn every_part_of_the_place_counts() {
    let (ring, key) = (ring(), ["user_1", "plaid_access_token"]);
    let cipher = cipher(&ring);
    let sealed = || cipher.seal(&key, PLAIN).unwrap();
    assert_eq!(&**cipher.open(&key, sealed()).unwrap(), PLAIN);
    let elsewhere: [RowId<'_>; 9] = [
        (&["user_2", "plaid_access_token"]).into(),
        (&["user_1", "plaid_access_tokem"]).into(),
        (&["plaid_access_token", "user_1"]).into(),
        (&["user_1p", "laid_access_token"]).into(),
        (&["user_", "1plaid_access_token"]).into(),
        (&["user_1"]).into(),
        (&["user_1", "plaid_access_token", ""]).into(),
        "user_1plaid_access_token".into(),
        "user_1".into(),
    ];
    for row in elsewhere {
        assert!(refused(cipher.open(row, sealed())).is_refused());
    }
    for context in ["patients.phon", "patients.phone ", "Patients.phone", "patients.email"] {
        let other = ring.cipher(context).unwrap();
        assert!(other.open(&key, sealed()).unwrap_err().is_refused(), "{context}");
    }
}

#[test]
fn a_key_is_known_by_its_number_and_its_bytes() {
    let (one, other) = (ring(), ring());
    let sealed = cipher(&one).seal("patient_1", PLAIN).unwrap();
    assert!(refused(cipher(&other).open("patient_1", sealed.clone())).is_refused());
    let two = one.with_new_key().unwrap().promote(2).unwrap();
    assert_eq!(&**cipher(&two).open("patient_1", sealed.clone()).unwrap(), PLAIN, "an active key decrypts");
    let after = cipher(&two).seal("patient_1", PLAIN).unwrap();
    assert_eq!(Envelope::parse(&after).unwrap().key_id(), 2);
    let error = refused(cipher(&one).open("patient_1", after.clone()));
    assert!(error.is_unknown_key() && error.key_id() == Some(2));
    assert_eq!(error.reason(), Some("key 2 is not in the ring"));
    let retired = two.retire(1).unwrap();
    assert!(refused(cipher(&retired).open("patient_1", sealed.clone())).is_retired_key());
    let active = retired.reactivate(1).unwrap();
    assert!(cipher(&active).open("patient_1", sealed.clone()).is_ok());
    let gone = retired.forget(1).unwrap();
    assert!(refused(cipher(&gone).open("patient_1", sealed)).is_unknown_key());
    // The number is authenticated too: another key's does not fit.
    let three = two.with_new_key().unwrap();
    let mut renamed = after;
    renamed[5] = 3;
    assert!(refused(cipher(&three).open("patient_1", renamed)).is_refused());
}

#[test]
fn rewriting_changes_the_key_and_nothing_else() {
    let old = ring();
    let new = old.with_new_key().unwrap().promote(2).unwrap();
    let sealed = cipher(&old).seal("patient_1", PLAIN).unwrap();
    let cipher = cipher(&new).padded(Padding::None);
    let again = cipher.reseal("patient_1", &sealed).unwrap().expect("it is of the old key");
    assert_eq!(Envelope::parse(&again).unwrap().key_id(), 2);
    assert_eq!(&**cipher.open("patient_1", again.clone()).unwrap(), PLAIN);
    assert_eq!(cipher.reseal("patient_1", &again).unwrap(), None);
    refused(cipher.reseal("patient_2", &sealed));
}

#[test]
fn keys_do_not_go_while_they_are_needed() {
    let ring = ring();
    assert!(ring.retire(1).unwrap_err().is_key_in_use());
    assert!(ring.forget(1).unwrap_err().is_key_in_use());
    assert!(ring.promote(2).unwrap_err().is_keys() && ring.retire(9).unwrap_err().is_keys());
    let two = ring.with_new_key().unwrap();
    assert_eq!(format!("{two:?}"), "{1: Primary, 2: Active}");
    assert!(two.forget(2).unwrap_err().is_key_in_use());
    let retired = two.retire(2).unwrap();
    assert!(retired.promote(2).unwrap_err().is_keys());
    assert_eq!(format!("{:?}", retired.with_new_key().unwrap()), "{1: Primary, 2: Retired, 3: Active}");
}

#[test]
fn padding_hides_the_length() {
    let cipher = cipher(&ring()).padded(Padding::To32);
    let lengths: HashSet<_> =
        (0..32).map(|len| cipher.seal("patient_1", &vec![1; len]).unwrap().len()).collect();
    assert_eq!(lengths, HashSet::from([32 + Envelope::OVERHEAD]));
    assert_eq!(cipher.seal("patient_1", &[1; 32]).unwrap().len(), 64 + Envelope::OVERHEAD);
    let unpadded = cipher.clone().padded(Padding::None).seal("patient_1", PLAIN).unwrap();
    assert!(refused(cipher.open("patient_1", unpadded)).is_refused());
}

#[test]
fn a_row_without_a_name_is_refused() {
    let cipher = cipher(&ring());
    for row in [RowId::from(""), (&[]).into()] {
        assert!(cipher.seal(row, PLAIN).unwrap_err().hint().unwrap().contains("id of the row"));
    }
    assert!(ring().cipher("").is_err());
}

#[test]
fn the_two_forms_are_one_value() {
    let (ring, secret) = (ring(), Secret::new("hunter2".to_owned()));
    let cipher = cipher(&ring);
    let sealed = cipher.seal("patient_1", b"hunter2").unwrap();
    let (binary, text) =
        (Encrypted::<String>::from_envelope(sealed.clone()), EncryptedText::<String>::from_envelope(sealed));
    assert_eq!(cipher.decrypt("patient_1", binary).unwrap().expose(), secret.expose());
    assert_eq!(cipher.decrypt("patient_1", text).unwrap().expose(), secret.expose());
    let not_text = cipher.seal("patient_1", &[0xff]).unwrap();
    assert!(refused(cipher.decrypt("patient_1", Encrypted::<String>::from_envelope(not_text))).is_refused());
}

#[test]
fn nothing_shows_a_value_or_a_key() {
    let ring = KeyRing::parse("7:primary:MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=").unwrap();
    let cipher = cipher(&ring);
    let fresh: Encrypted<String> = cipher.encrypt("patient_1", &Secret::new("hunter2".to_owned()));
    let sealed = cipher.seal("patient_1", b"hunter2").unwrap();
    let shown = format!(
        "{ring:#?} {cipher:#?} {fresh:#?} {:?} {:?} {:?}",
        Envelope::parse(&sealed).unwrap(),
        ring.expose(),
        ring.blind_index("a.b", str::to_owned).unwrap(),
    );
    for hidden in ["hunter2", "MDEy", "0123456789", "48, 49", "104, 117"] {
        assert!(!shown.contains(hidden), "{hidden} in {shown}");
    }
}
