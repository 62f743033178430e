//! Names that are longer than a database keeps.

use underpin_core::{Dialect, Error, Result};

/// Hexadecimal digits of the hash at the end of a name that was cut.
const DIGITS: usize = 8;

/// The longest identifier, in bytes, that every dialect keeps; so both databases carry the same names.
pub(crate) fn limit() -> usize {
    Dialect::POSTGRES.capability.identifier_limit.min(Dialect::SQLITE.capability.identifier_limit)
}

/// A name that a definition gives: used as it is, or refused.
pub(crate) fn checked(name: &str, table: &str) -> Result<String> {
    let refused = |what: String, hint| Error::schema(format!("table {table}: {what}"), hint);
    if name.is_empty() || name.contains('\0') {
        return Err(refused("a name is empty, or holds a NUL character".into(), "give it another name"));
    }
    if name.len() > limit() {
        let what = format!("the name `{name}` has {} bytes, more than the {} that stay", name.len(), limit());
        return Err(refused(what, "give it a shorter name, or none and let the convention cut it"));
    }
    Ok(name.to_owned())
}

/// The name, cut to `limit` bytes if it is longer: its beginning, and a hash of the whole.
pub(crate) fn fit(name: String, limit: usize) -> String {
    if name.len() <= limit {
        return name;
    }
    let mut keep = limit - DIGITS - 1;
    while !name.is_char_boundary(keep) {
        keep -= 1;
    }
    format!("{}_{:0DIGITS$x}", &name[..keep], hash(&name))
}

/// FNV-1a, folded to 32 bits: a hash that is the same on every machine and in every version.
fn hash(name: &str) -> u64 {
    let long = name.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    (long >> 32) ^ (long & 0xffff_ffff)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_fits_stays() {
        assert_eq!(fit("a".repeat(63), 63), "a".repeat(63));
    }

    #[test]
    fn a_long_name_is_cut_and_ends_in_the_same_hash_for_ever() {
        let name = format!("fk_{}_x", "a".repeat(70));
        let cut = fit(name.clone(), 63);
        assert_eq!(cut, "fk_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa_dbdc7898");
        assert_eq!(cut.len(), 63);
        assert_ne!(fit(name + "y", 63), cut);
    }

    #[test]
    fn a_character_is_never_split() {
        let cut = fit("ä".repeat(40), 63);
        assert!(cut.len() <= 63 && cut.starts_with(&"ä".repeat(27)), "{cut}");
    }
}
