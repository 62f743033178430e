//! What a value is authenticated with besides its own bytes: header, context and row, each with its length.

use crate::envelope::HEADER;
use crate::row_id::length;
use crate::{RowId, SecretsError};

const PURPOSE: &[u8] = b"tk-aad-1";

/// All but the row: it is the same for every value of a column under one key.
pub(crate) fn prefix(header: [u8; HEADER], context: &str) -> Result<Box<[u8]>, SecretsError> {
    if context.is_empty() || context.len() > usize::from(u16::MAX) {
        return Err(SecretsError::usage(
            "the context of an encrypted column has 1 to 65535 bytes",
            "name it once and for ever, such as \"patients.phone\"",
        ));
    }
    let parts = [PURPOSE, &header, &length(context.len())?, context.as_bytes()];
    Ok(parts.concat().into_boxed_slice())
}

/// How many bytes it has, for a row that has a name.
#[inline]
pub(crate) fn len(prefix: &[u8], row: RowId<'_>) -> Result<usize, SecretsError> {
    let len = row.len();
    if len == 0 {
        return Err(SecretsError::usage(
            "a value is encrypted for a row that has no name",
            "give the id of the row, which must be known before it is written",
        ));
    }
    Ok(prefix.len() + length(len)?.len() + len)
}

/// `"tk-aad-1" ‖ header ‖ u16 length ‖ context ‖ u16 length ‖ row`, over as many bytes as it has.
#[inline]
pub(crate) fn write(prefix: &[u8], row: RowId<'_>, out: &mut [u8]) {
    let (before, rest) = out.split_at_mut(prefix.len());
    before.copy_from_slice(prefix);
    let (length, rest) = rest.split_at_mut(2);
    length.copy_from_slice(&u16::try_from(rest.len()).unwrap_or(u16::MAX).to_be_bytes());
    row.write(rest);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Envelope;

    fn aad(context: &str, row: RowId<'_>) -> Vec<u8> {
        let prefix = prefix(Envelope::prefix(7), context).unwrap();
        let mut aad = vec![0; len(&prefix, row).unwrap()];
        write(&prefix, row, &mut aad);
        aad
    }

    #[test]
    fn every_part_has_its_length() {
        assert_eq!(aad("a.b", "id".into()), b"tk-aad-1\x01\x01\0\0\0\x07\0\x03a.b\0\x02id");
        assert_eq!(
            aad("a.b", (&["u", "xy"]).into()),
            b"tk-aad-1\x01\x01\0\0\0\x07\0\x03a.b\0\x07\0\x01u\0\x02xy"
        );
    }

    #[test]
    fn no_part_reaches_into_the_next() {
        assert_ne!(aad("a.b", "cd".into()), aad("a.bc", "d".into()));
        assert_ne!(aad("a.b", (&["ab", "c"]).into()), aad("a.b", (&["a", "bc"]).into()));
    }

    #[test]
    fn what_has_no_name_or_too_long_a_one_is_refused() {
        let prefix = prefix(Envelope::prefix(1), "a.b").unwrap();
        let long = "x".repeat(65_536);
        for row in [RowId::from(""), (&[]).into(), (&long).into(), (&[long.as_str()]).into()] {
            assert!(len(&prefix, row).is_err());
        }
        assert!(len(&prefix, (&"x".repeat(65_535)).into()).is_ok());
        assert!(super::prefix(Envelope::prefix(1), "").is_err());
        assert!(super::prefix(Envelope::prefix(1), &long).is_err());
    }
}
