//! The primitives that are used give what Project Wycheproof and NIST say, and refuse what those say is invalid.

#![allow(clippy::unwrap_used, reason = "tests")]

use ring::aead::{AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use ring::{hkdf, hmac};

/// The vectors of a file: fields in hexadecimal or as they are.
fn vectors(text: &'static str, fields: usize, count: usize) -> Vec<Vec<&'static str>> {
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    let vectors: Vec<Vec<_>> = lines.map(|line| line.split(' ').collect()).collect();
    assert!(vectors.iter().all(|vector| vector.len() == fields));
    assert_eq!(vectors.len(), count, "the file is whole");
    vectors
}

fn bytes(hex: &str) -> Vec<u8> {
    if hex == "-" {
        return Vec::new();
    }
    assert!(hex.len().is_multiple_of(2));
    (0..hex.len()).step_by(2).map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap()).collect()
}

fn key(hex: &str) -> LessSafeKey {
    LessSafeKey::new(UnboundKey::new(&AES_256_GCM, &bytes(hex)).unwrap())
}

fn nonce(hex: &str) -> Nonce {
    Nonce::try_assume_unique_for_key(&bytes(hex)).unwrap()
}

fn encrypt(key: &LessSafeKey, nonce: Nonce, aad: &str, plain: &str) -> Vec<u8> {
    let mut buffer = bytes(plain);
    key.seal_in_place_append_tag(nonce, Aad::from(bytes(aad)), &mut buffer).unwrap();
    buffer
}

fn decrypt(key: &LessSafeKey, nonce: Nonce, aad: &str, sealed: &[u8]) -> Option<Vec<u8>> {
    let mut buffer = sealed.to_vec();
    key.open_in_place(nonce, Aad::from(bytes(aad)), &mut buffer).ok().map(|plain| plain.to_vec())
}

#[test]
fn aes_256_gcm_of_wycheproof() {
    let mut valid = 0;
    for vector in vectors(include_str!("data/wycheproof_aes_256_gcm.txt"), 8, 66) {
        let [number, k, n, aad, message, ciphertext, tag, result] = vector[..] else { panic!() };
        let sealed = [bytes(ciphertext), bytes(tag)].concat();
        let opened = decrypt(&key(k), nonce(n), aad, &sealed);
        if result == "valid" {
            valid += 1;
            assert_eq!(opened, Some(bytes(message)), "{number}");
            assert_eq!(encrypt(&key(k), nonce(n), aad, message), sealed, "{number}");
        } else {
            assert_eq!(opened, None, "{number}");
        }
    }
    assert_eq!(valid, 39);
}

#[test]
fn aes_256_gcm_of_nist() {
    for vector in vectors(include_str!("data/nist_aes_256_gcm.txt"), 6, 63) {
        let [k, n, plain, aad, ciphertext, tag] = vector[..] else { panic!() };
        let sealed = [bytes(ciphertext), bytes(tag)].concat();
        assert_eq!(encrypt(&key(k), nonce(n), aad, plain), sealed);
        assert_eq!(decrypt(&key(k), nonce(n), aad, &sealed), Some(bytes(plain)));
        let mut altered = sealed;
        altered[0] ^= 1;
        assert_eq!(decrypt(&key(k), nonce(n), aad, &altered), None);
    }
}

/// So many bytes of key material.
struct Length(usize);

impl hkdf::KeyType for Length {
    fn len(&self) -> usize {
        self.0
    }
}

#[test]
fn hkdf_sha_256_of_wycheproof() {
    let mut valid = 0;
    for vector in vectors(include_str!("data/wycheproof_hkdf_sha256.txt"), 7, 83) {
        let [number, ikm, salt, info, size, okm, result] = vector[..] else { panic!() };
        let size: usize = size.parse().unwrap();
        let key = hkdf::Salt::new(hkdf::HKDF_SHA256, &bytes(salt)).extract(&bytes(ikm));
        let (info, mut derived) = (bytes(info), vec![0; size]);
        let filled = key.expand(&[&info], Length(size)).and_then(|key| key.fill(&mut derived));
        assert_eq!(filled.is_ok(), result == "valid", "{number}");
        if result == "valid" {
            valid += 1;
            assert_eq!(derived, bytes(okm), "{number}");
        }
    }
    assert_eq!(valid, 80);
}

#[test]
fn hmac_sha_256_of_wycheproof() {
    let mut valid = 0;
    for vector in vectors(include_str!("data/wycheproof_hmac_sha256.txt"), 5, 87) {
        let [number, k, message, tag, result] = vector[..] else { panic!() };
        let key = hmac::Key::new(hmac::HMAC_SHA256, &bytes(k));
        let verified = hmac::verify(&key, &bytes(message), &bytes(tag)).is_ok();
        assert_eq!(verified, result == "valid", "{number}");
        valid += usize::from(verified);
    }
    assert_eq!(valid, 33);
}
