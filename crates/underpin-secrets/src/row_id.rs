//! The row that a value belongs to.

use crate::SecretsError;

/// What names a row for ever: its id, or the values of its natural key in a fixed order.
///
/// ```
/// use underpin_secrets::RowId;
///
/// let by_id: RowId<'_> = "patient_01h455vb4pex5vsknk084sn02q".into();
/// let by_key: RowId<'_> = (&["user_1", "plaid_access_token"]).into();
/// ```
///
/// A column keeps to one of both. Several values are joined with their lengths, so that none can reach into the next.
#[derive(Clone, Copy)]
pub struct RowId<'a>(Parts<'a>);

#[derive(Clone, Copy)]
enum Parts<'a> {
    One(&'a [u8]),
    Several(&'a [&'a str]),
}

impl RowId<'_> {
    /// How many bytes it has, joined.
    #[inline]
    pub(crate) fn len(self) -> usize {
        match self.0 {
            Parts::One(bytes) => bytes.len(),
            Parts::Several(parts) => parts.iter().map(|part| 2 + part.len()).sum(),
        }
    }

    /// Writes it behind what is there.
    pub(crate) fn append_to(self, out: &mut Vec<u8>) {
        self.each(|bytes| out.extend_from_slice(bytes));
    }

    /// Writes it over as many bytes as it has. If they are too many to be a row, so are the written ones.
    #[inline]
    pub(crate) fn write(self, mut out: &mut [u8]) {
        self.each(|bytes| {
            let (here, rest) = std::mem::take(&mut out).split_at_mut(bytes.len());
            here.copy_from_slice(bytes);
            out = rest;
        });
    }

    #[inline]
    fn each(self, mut take: impl FnMut(&[u8])) {
        match self.0 {
            Parts::One(bytes) => take(bytes),
            Parts::Several(parts) => {
                for part in parts {
                    take(&u16::try_from(part.len()).unwrap_or(u16::MAX).to_be_bytes());
                    take(part.as_bytes());
                }
            }
        }
    }
}

/// The length of a part in two bytes, big endian.
pub(crate) fn length(of: usize) -> Result<[u8; 2], SecretsError> {
    u16::try_from(of).map(u16::to_be_bytes).map_err(|_| {
        SecretsError::usage("what names the row is longer than 65535 bytes", "bind the value to a short id")
    })
}

impl<'a> From<&'a str> for RowId<'a> {
    fn from(id: &'a str) -> Self {
        Self(Parts::One(id.as_bytes()))
    }
}

impl<'a> From<&'a String> for RowId<'a> {
    fn from(id: &'a String) -> Self {
        id.as_str().into()
    }
}

impl<'a> From<&'a [u8]> for RowId<'a> {
    fn from(id: &'a [u8]) -> Self {
        Self(Parts::One(id))
    }
}

impl<'a> From<&'a [u8; 16]> for RowId<'a> {
    fn from(uuid: &'a [u8; 16]) -> Self {
        Self(Parts::One(uuid))
    }
}

impl<'a> From<&'a [&'a str]> for RowId<'a> {
    fn from(key: &'a [&'a str]) -> Self {
        Self(Parts::Several(key))
    }
}

impl<'a, const N: usize> From<&'a [&'a str; N]> for RowId<'a> {
    fn from(key: &'a [&'a str; N]) -> Self {
        Self(Parts::Several(key))
    }
}
