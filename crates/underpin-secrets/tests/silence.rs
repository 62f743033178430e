//! Whatever goes wrong: logs at trace level, errors and panics contain no value, no envelope and no key.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

mod captured;

use std::io::Write;
use std::panic::{AssertUnwindSafe, catch_unwind, set_hook};

use underpin_secrets::{Encrypted, EncryptedColumn, KeyRing, KeySlot, Secret};

use captured::Captured;

const KEY: &str = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";
const PLAIN: &str = "hunter2-in-a-column";

static KEYS: KeySlot = KeySlot::new();
static PHONE: EncryptedColumn = EncryptedColumn::new(&KEYS, "patients.phone");
static TWIN: EncryptedColumn = EncryptedColumn::new(&KEYS, "patients.phone");

#[test]
fn nothing_that_is_said_shows_anything() {
    let said = Captured::default();
    let (log, hook) = (said.clone(), said.clone());
    let subscriber = tracing_subscriber::fmt().with_max_level(tracing_subscriber::filter::LevelFilter::TRACE);
    let subscriber = subscriber.with_writer(move || log.clone()).with_ansi(false).finish();
    set_hook(Box::new(move |info| {
        let _ = writeln!(hook.clone(), "{info}");
    }));
    let (sealed, ring) = tracing::subscriber::with_default(subscriber, || {
        let secret = Secret::new(PLAIN.to_owned());
        let unloaded = PHONE.decrypt("patient_1", Encrypted::<String>::from_envelope(vec![1; 40]));
        assert!(unloaded.unwrap_err().is_no_keys());
        let ring = KeyRing::parse(&format!("1:primary:{KEY}")).unwrap();
        KEYS.load(ring.clone());
        let sealed = ring.cipher("patients.phone").unwrap().seal("patient_1", PLAIN.as_bytes()).unwrap();
        let cell = || Encrypted::<String>::from_envelope(sealed.clone());
        assert_eq!(PHONE.decrypt("patient_1", cell()).unwrap().expose(), PLAIN);
        for row in ["patient_2", ""] {
            let opened = catch_unwind(AssertUnwindSafe(|| PHONE.decrypt(row, cell()).expect("a wrong row")));
            assert!(opened.is_err());
        }
        let next = ring.with_new_key().unwrap().promote(2).unwrap();
        for ring in [&next.retire(1).unwrap(), &next.retire(1).unwrap().forget(1).unwrap()] {
            assert!(ring.cipher("patients.phone").unwrap().decrypt("patient_1", cell()).is_err());
        }
        let cipher = ring.cipher("patients.phone").unwrap();
        cipher.count_others(1 << 31);
        cipher.seal("patient_1", PLAIN.as_bytes()).unwrap();
        cipher.count_others(u64::MAX);
        assert!(cipher.seal("patient_1", PLAIN.as_bytes()).unwrap_err().is_exhausted());
        let fresh: Encrypted<String> = cipher.encrypt("patient_1", &secret);
        let _ = writeln!(said.clone(), "{fresh:?} {secret:?} {ring:?} {KEYS:?} {PHONE:?} {cipher:?}");
        let twin = TWIN.cipher().unwrap_err();
        let _ = writeln!(said.clone(), "{twin} {twin:?} {:?}", KeyRing::parse(KEY));
        (sealed, ring)
    });
    let said = String::from_utf8(said.0.lock().unwrap().clone()).unwrap();
    for expected in [
        "a value cannot be decrypted",
        "key 1 is retired",
        "rotate it soon",
        "two encrypted columns are called",
    ] {
        assert!(said.contains(expected), "{expected} is missing in\n{said}");
    }
    let envelope: String = sealed[6..18].iter().map(|byte| format!("{byte:02x}")).collect();
    let bytes = format!("{}, {}, {}", sealed[6], sealed[7], sealed[8]);
    let key = ring.expose();
    for hidden in ["hunter2", "MDEy", "0123456789", &envelope, &bytes, key.expose(), "104, 117"] {
        assert!(!said.contains(hidden), "{hidden} in\n{said}");
    }
}
