//! A key service in memory: keys go to it bound to their ring and number, and come back.

#![allow(clippy::unwrap_used, reason = "tests")]

use std::collections::HashMap;
use std::future::{Future, ready};
use std::pin::{Pin, pin};
use std::sync::Mutex;
use std::task::{Context, Poll, Waker};

use underpin_secrets::{KeyRing, KeyService, RootKey, SecretsError, WrappedKey, WrappedRing};

/// Keeps what it is given under a number, and gives it back to whoever says the same of it.
#[derive(Default)]
struct Memory(Mutex<HashMap<Vec<u8>, (Vec<u8>, Vec<u8>)>>);

type Answer<'a, T> = Pin<Box<dyn Future<Output = Result<T, SecretsError>> + Send + 'a>>;

impl KeyService for Memory {
    fn supports(&self, uri: &str) -> bool {
        uri.starts_with("memory:")
    }

    fn wrap<'a>(&'a self, _: &'a str, key: &'a RootKey, aad: &'a [u8]) -> Answer<'a, WrappedKey> {
        let mut kept = self.0.lock().unwrap();
        let number = vec![u8::try_from(kept.len()).unwrap()];
        kept.insert(number.clone(), (aad.to_vec(), key.expose().to_vec()));
        Box::pin(ready(Ok(WrappedKey(number))))
    }

    fn unwrap<'a>(&'a self, uri: &'a str, wrapped: &'a WrappedKey, aad: &'a [u8]) -> Answer<'a, RootKey> {
        let kept = self.0.lock().unwrap();
        let key = kept.get(&wrapped.0).filter(|(of, _)| of == aad);
        let key = key.ok_or_else(|| SecretsError::service(uri, "it is another key"));
        Box::pin(ready(key.and_then(|(_, key)| RootKey::from_bytes(key))))
    }
}

/// What a future that never waits has become.
fn now<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => value,
        Poll::Pending => unreachable!("it never waits"),
    }
}

#[test]
fn keys_come_back_from_where_they_were_sent() {
    let service = Memory::default();
    let ring = KeyRing::generate().unwrap().with_new_key().unwrap();
    let wrapped = now(WrappedRing::wrap("finance", &ring, "memory:1", &[&service])).unwrap();
    let again = now(wrapped.unwrap(&[&service])).unwrap();
    assert_eq!(again.expose().expose(), ring.expose().expose());
    assert!(!format!("{wrapped:?}").contains("WrappedKey("));
    let error = now(WrappedRing::wrap("finance", &ring, "vault:1", &[&service])).err().unwrap();
    assert_eq!(error.to_string(), "no key service is known for vault:1");
}

#[test]
fn a_wrapped_key_is_bound_to_its_ring_and_number() {
    let service = Memory::default();
    let ring = KeyRing::generate().unwrap().with_new_key().unwrap();
    let wrapped = now(WrappedRing::wrap("finance", &ring, "memory:1", &[&service])).unwrap();
    let keys: Vec<_> =
        wrapped.keys().map(|(id, state, uri, key)| (id, state, uri.to_owned(), key.clone())).collect();
    let renamed = WrappedRing::new("teams", keys.clone());
    let error = now(renamed.unwrap(&[&service])).unwrap_err();
    assert_eq!(error.to_string(), "the key service memory:1 refused: it is another key");
    let mut swapped = keys;
    (swapped[0].3, swapped[1].3) = (swapped[1].3.clone(), swapped[0].3.clone());
    assert!(now(WrappedRing::new("finance", swapped).unwrap(&[&service])).is_err());
}
