//! A key ring as text, for a file or a variable: `1:active:BASE64`, an entry a line or parted by commas.

use zeroize::Zeroizing;

use super::{KeyRing, RingKey};
use crate::{RootKey, Secret, SecretsError};

const FORM: &str = "an entry is `number:state:key`, such as `1:primary:` and 32 random bytes in base64; entries stand on \
    lines of their own or are parted by commas";

impl KeyRing {
    /// Reads a ring: entries `number:state:key`, one a line or parted by commas; what follows a `#` is a remark.
    ///
    /// ```
    /// # use underpin_secrets::KeyRing;
    /// let ring = KeyRing::parse("1:active:MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=, 2:primary:ZmVkY2JhOTg3NjU0MzIxMGZlZGNiYTk4NzY1NDMyMTA=")?;
    /// assert_eq!(ring.primary(), 2);
    /// # Ok::<(), underpin_secrets::SecretsError>(())
    /// ```
    ///
    /// # Errors
    /// If an entry is none, or the keys make no ring; it says which entry and repeats nothing of it.
    pub fn parse(text: &str) -> Result<Self, SecretsError> {
        let lines = text.lines().map(|line| line.split('#').next().unwrap_or_default());
        let entries = lines.flat_map(|line| line.split(',')).map(str::trim).filter(|entry| !entry.is_empty());
        let keys = entries.enumerate().map(|(at, entry)| {
            read(entry).ok_or_else(|| {
                SecretsError::keys(format!("entry {} of the key ring is not one", at + 1), FORM)
            })
        });
        let keys = keys.collect::<Result<Vec<_>, _>>()?;
        if keys.is_empty() {
            return Err(SecretsError::keys("the key ring is empty", FORM));
        }
        Self::of(keys)
    }

    /// The ring as text that [`parse`](Self::parse) reads: with this, everything can be decrypted.
    #[must_use]
    pub fn expose(&self) -> Secret<String> {
        // As long as it will be, so that no copy of a part is left behind.
        let mut text = String::with_capacity(self.0.keys.len() * 80);
        for key in &self.0.keys {
            let root = key.root.to_base64();
            for part in [key.id.to_string().as_str(), ":", &key.state.to_string(), ":", root.expose(), "\n"] {
                text.push_str(part);
            }
        }
        Secret::new(text)
    }
}

fn read(entry: &str) -> Option<RingKey> {
    let mut parts = entry.splitn(3, ':').map(str::trim);
    let (id, state) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    let root = RootKey::from_base64(&Zeroizing::new(parts.next()?.to_owned())).ok()?;
    Some(RingKey { id, state, root })
}

#[cfg(test)]
mod tests {
    use super::*;

    const A: &str = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";
    const B: &str = "ZmVkY2JhOTg3NjU0MzIxMGZlZGNiYTk4NzY1NDMyMTA=";

    fn refused(text: &str, why: &str) {
        let error = KeyRing::parse(text).expect_err(why);
        let told = format!("{error} {error:?}");
        assert!(error.is_keys() && error.to_string().contains(why), "{told}");
        assert!(!told.contains(&A[..8]) && !told.contains(&B[..8]) && !told.contains("hunter2"), "{told}");
    }

    #[test]
    fn it_is_read_as_it_was_written() {
        let text = format!("# keys\n\n 2 : primary : {A} # since May\n10:retired:{B}\n");
        let ring = KeyRing::parse(&text).unwrap();
        assert_eq!(ring.expose().expose(), &format!("2:primary:{A}\n10:retired:{B}\n"));
        let again = KeyRing::parse(ring.expose().expose()).unwrap();
        assert_eq!(format!("{again:?}"), "{2: Primary, 10: Retired}");
        assert_eq!(KeyRing::parse(&format!("2:primary:{A},10:active:{B}")).unwrap().primary(), 2);
    }

    #[test]
    fn what_is_no_ring_is_refused_and_not_repeated() {
        for empty in ["", "\n", "# nothing", ","] {
            refused(empty, "the key ring is empty");
        }
        for entry in [
            "hunter2",
            A,
            "1:primary",
            "1:primary:",
            "1:primary:hunter2",
            &format!("one:primary:{A}"),
            &format!("-1:primary:{A}"),
            &format!("4294967296:primary:{A}"),
            &format!("1:Primary:{A}"),
            &format!("1:primary:{}", &A[4..]),
            &format!("1:primary:{A}{A}"),
            &format!("1:primary:{}", A.trim_end_matches('=')),
            &format!("1:primary:{}=", "A".repeat(43)),
        ] {
            refused(entry, "entry 1 of the key ring is not one");
            refused(&format!("1:active:{B}\n{entry}"), "entry 2 of the key ring is not one");
        }
        refused(&format!("0:primary:{A}"), "number 0");
        refused(&format!("1:active:{A}"), "0 primary keys");
        refused(&format!("1:primary:{A}\n2:primary:{B}"), "2 primary keys");
        refused(&format!("1:primary:{A}\n1:active:{B}"), "two keys 1");
        refused(&format!("1:primary:{A}\n2:active:{A}"), "keys 1 and 2 of the ring are the same");
    }
}
