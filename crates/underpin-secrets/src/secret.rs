//! A plain value that does not print itself.

use std::fmt;

use zeroize::{Zeroize, Zeroizing};

/// A plain value on its way in or out.
///
/// It has no `Display`, it cannot be serialized or compared, `Debug` does not show it, and it is overwritten when it is
/// dropped. It is read in one way only, by [`expose`](Self::expose), which can be searched for. A row cannot hold it: a
/// column of it is an [`Encrypted`](crate::Encrypted).
///
/// ```
/// let token = underpin_secrets::Secret::new("hunter2".to_owned());
/// assert_eq!(format!("{token:?}"), "Secret(redacted)");
/// assert_eq!(token.expose(), "hunter2");
/// ```
///
/// ```compile_fail,E0277
/// let token = underpin_secrets::Secret::new("hunter2".to_owned());
/// let shown = format!("{token}");
/// ```
///
/// ```compile_fail,E0277
/// let token = underpin_secrets::Secret::new("hunter2".to_owned());
/// let sent = serde_json::to_string(&token);
/// ```
pub struct Secret<T: Zeroize>(T);

impl<T: Zeroize> Secret<T> {
    /// Takes a plain value in.
    #[must_use]
    pub fn new(plain: T) -> Self {
        Self(plain)
    }

    /// The plain value.
    #[must_use]
    pub fn expose(&self) -> &T {
        &self.0
    }
}

impl<T: Zeroize + Clone> Clone for Secret<T> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<T: Zeroize> Drop for Secret<T> {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl<T: Zeroize> fmt::Debug for Secret<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(redacted)")
    }
}

/// A type whose values can be encrypted: text and bytes, and what a program makes of them.
pub trait Sealable: Zeroize + Sized + Send + Sync + 'static {
    /// The bytes that are encrypted.
    fn plain(&self) -> &[u8];

    /// The value of such bytes, or `None` if they are not of one; then the error says that and no more.
    fn from_plain(bytes: Zeroizing<Vec<u8>>) -> Option<Self>;
}

impl Sealable for Vec<u8> {
    fn plain(&self) -> &[u8] {
        self
    }

    #[inline]
    fn from_plain(mut bytes: Zeroizing<Vec<u8>>) -> Option<Self> {
        Some(std::mem::take(&mut *bytes))
    }
}

impl Sealable for String {
    fn plain(&self) -> &[u8] {
        self.as_bytes()
    }

    #[inline]
    fn from_plain(mut bytes: Zeroizing<Vec<u8>>) -> Option<Self> {
        match Self::from_utf8(std::mem::take(&mut *bytes)) {
            Ok(text) => Some(text),
            Err(error) => {
                error.into_bytes().zeroize();
                None
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use super::*;

    /// Notes what it holds when it is overwritten, and after.
    struct Watched(Vec<u8>, Arc<Mutex<Vec<Vec<u8>>>>);

    impl Zeroize for Watched {
        fn zeroize(&mut self) {
            self.0.as_mut_slice().zeroize();
            self.1.lock().unwrap().push(self.0.clone());
        }
    }

    #[test]
    fn it_is_overwritten_when_it_is_dropped() {
        let seen = Arc::default();
        drop(Secret::new(Watched(b"hunter2".to_vec(), Arc::clone(&seen))));
        assert_eq!(*seen.lock().unwrap(), [[0; 7]]);
    }

    #[test]
    fn nothing_prints_it() {
        let secret = Secret::new("hunter2".to_owned());
        let printed = format!("{secret:?} {secret:#?} {:?} {:?}", Some(&secret), secret.clone());
        assert!(!printed.contains("hunter2"), "{printed}");
    }

    #[test]
    fn bytes_that_are_no_text_are_no_text() {
        assert!(String::from_plain(Zeroizing::new(vec![0xff])).is_none());
        assert_eq!(Vec::from_plain(Zeroizing::new(vec![0xff])), Some(vec![0xff]));
    }
}
