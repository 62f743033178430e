//! Services that keep root keys: they are asked when a program starts and when keys change, never for a row.

use std::fmt;
use std::future::Future;
use std::pin::Pin;

use zeroize::Zeroizing;

use crate::{KeyRing, KeyState, RootKey, SecretsError};

/// A service that wraps root keys, so that what stands in a program's configuration is worth nothing without it.
///
/// `aad` binds a wrapped key to the ring's name and the key's number: give it to the service as additional data, or
/// encryption context, and nobody can put one key in the place of another.
pub trait KeyService: Send + Sync {
    /// Whether it is the service of a URI, such as `vault://transit/keys/finance`.
    fn supports(&self, uri: &str) -> bool;

    /// Encrypts a root key.
    fn wrap<'a>(
        &'a self,
        uri: &'a str,
        key: &'a RootKey,
        aad: &'a [u8],
    ) -> Pin<Box<dyn Future<Output = Result<WrappedKey, SecretsError>> + Send + 'a>>;

    /// Decrypts a root key.
    fn unwrap<'a>(
        &'a self,
        uri: &'a str,
        wrapped: &'a WrappedKey,
        aad: &'a [u8],
    ) -> Pin<Box<dyn Future<Output = Result<RootKey, SecretsError>> + Send + 'a>>;
}

/// A root key as a service has encrypted it.
#[derive(Clone, PartialEq, Eq)]
pub struct WrappedKey(pub Vec<u8>);

/// A key ring whose keys a service has wrapped.
#[derive(Clone)]
pub struct WrappedRing {
    name: String,
    keys: Vec<(u32, KeyState, String, WrappedKey)>,
}

impl WrappedRing {
    /// A ring that is called `name`, of keys by number, state, the URI of their service, and wrapped bytes.
    #[must_use]
    pub fn new(
        name: impl Into<String>,
        keys: impl IntoIterator<Item = (u32, KeyState, String, WrappedKey)>,
    ) -> Self {
        Self { name: name.into(), keys: keys.into_iter().collect() }
    }

    /// Has every key of a ring wrapped by the service of a URI.
    ///
    /// # Errors
    /// If no service is that of the URI, or it refuses.
    pub async fn wrap(
        name: impl Into<String>,
        ring: &KeyRing,
        uri: &str,
        services: &[&dyn KeyService],
    ) -> Result<Self, SecretsError> {
        let name = name.into();
        let service = service(uri, services)?;
        let mut keys = Vec::new();
        for (id, state, root) in ring.entries() {
            keys.push((id, state, uri.to_owned(), service.wrap(uri, root, &aad(&name, id)).await?));
        }
        Ok(Self { name, keys })
    }

    /// The ring, each key unwrapped by its service.
    ///
    /// # Errors
    /// If no service is that of a URI, one refuses, or the keys make no ring.
    pub async fn unwrap(&self, services: &[&dyn KeyService]) -> Result<KeyRing, SecretsError> {
        let mut keys = Vec::new();
        for (id, state, uri, wrapped) in &self.keys {
            let root = service(uri, services)?.unwrap(uri, wrapped, &aad(&self.name, *id)).await?;
            keys.push((*id, *state, root));
        }
        KeyRing::from_keys(keys)
    }

    /// The keys by number, state, URI and wrapped bytes, to be kept.
    pub fn keys(&self) -> impl Iterator<Item = (u32, KeyState, &str, &WrappedKey)> {
        self.keys.iter().map(|(id, state, uri, wrapped)| (*id, *state, uri.as_str(), wrapped))
    }
}

impl SecretsError {
    /// What a service answered when it refused a key; `why` must not quote it.
    #[must_use]
    pub fn service(uri: &str, why: impl fmt::Display) -> Self {
        Self::keys(
            format!("the key service {uri} refused: {why}"),
            "see whether the service is up and this program may use the key",
        )
    }
}

/// `"tk-wrap-1" ‖ u16 length ‖ name ‖ u32 key id`
fn aad(name: &str, id: u32) -> Zeroizing<Vec<u8>> {
    let len = u16::try_from(name.len()).unwrap_or(u16::MAX).to_be_bytes();
    Zeroizing::new([b"tk-wrap-1", &len[..], name.as_bytes(), &id.to_be_bytes()].concat())
}

fn service<'s>(uri: &str, services: &[&'s dyn KeyService]) -> Result<&'s dyn KeyService, SecretsError> {
    services.iter().copied().find(|service| service.supports(uri)).ok_or_else(|| {
        let what = format!("no key service is known for {uri}");
        SecretsError::keys(what, "give the program the service that wrapped the keys")
    })
}

impl fmt::Debug for WrappedKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("WrappedKey(..)")
    }
}

impl fmt::Debug for WrappedRing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WrappedRing").field("name", &self.name).field("keys", &self.keys.len()).finish()
    }
}
