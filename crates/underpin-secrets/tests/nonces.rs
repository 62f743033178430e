//! Nonces: ten million of them, each once.

#![allow(clippy::unwrap_used, reason = "tests")]

use underpin_secrets::KeyRing;

const COUNT: usize = 10_000_000;

#[test]
fn a_nonce_never_repeats_in_ten_million() {
    let cipher = KeyRing::generate().unwrap().cipher("patients.phone").unwrap();
    let nonce = |envelope: &[u8]| {
        let mut wide = [0; 16];
        wide[..12].copy_from_slice(&envelope[6..18]);
        u128::from_le_bytes(wide)
    };
    let mut nonces: Vec<u128> = (0..COUNT).map(|_| nonce(&cipher.seal("patient_1", b"").unwrap())).collect();
    nonces.sort_unstable();
    assert!(nonces.array_windows().all(|[a, b]| a != b));
    assert_eq!(cipher.written(), COUNT as u64);
    // Random in every bit: each is set in about half of them (here within ten standard deviations).
    for bit in 0..96 {
        let set = nonces.iter().filter(|nonce| *nonce >> bit & 1 == 1).count();
        assert!(set.abs_diff(COUNT / 2) < 16_000, "bit {bit} is set in {set}");
    }
}
