//! What binds a password's proof to the encrypted connection: the digest of the server's certificate (RFC 5929,
//! `tls-server-end-point`).

use ring::digest::{Algorithm, SHA256, SHA384, SHA512, digest};

/// A SEQUENCE of DER.
const SEQUENCE: u8 = 0x30;

/// An OBJECT IDENTIFIER of DER.
const IDENTIFIER: u8 = 0x06;

/// Signature algorithms by their identifiers, and the digest that binds: MD5 and SHA-1 are replaced by SHA-256.
const ALGORITHMS: [(&[u8], &Algorithm); 9] = [
    // PKCS #1 with RSA: MD5, SHA-1, SHA-256, SHA-384, SHA-512.
    (&[0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 1, 4], &SHA256),
    (&[0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 1, 5], &SHA256),
    (&[0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 1, 11], &SHA256),
    (&[0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 1, 12], &SHA384),
    (&[0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 1, 13], &SHA512),
    // ECDSA: SHA-1, SHA-256, SHA-384, SHA-512.
    (&[0x2A, 0x86, 0x48, 0xCE, 0x3D, 4, 1], &SHA256),
    (&[0x2A, 0x86, 0x48, 0xCE, 0x3D, 4, 3, 2], &SHA256),
    (&[0x2A, 0x86, 0x48, 0xCE, 0x3D, 4, 3, 3], &SHA384),
    (&[0x2A, 0x86, 0x48, 0xCE, 0x3D, 4, 3, 4], &SHA512),
];

/// The digest of a certificate in DER; `None` if its signature has no digest of its own, as Ed25519, or one that stands in
/// its parameters.
pub(super) fn end_point(certificate: &[u8]) -> Option<Vec<u8>> {
    let identifier = signature_algorithm(certificate)?;
    let (_, algorithm) = ALGORITHMS.iter().find(|(known, _)| *known == identifier)?;
    Some(digest(algorithm, certificate).as_ref().to_vec())
}

/// A certificate is a SEQUENCE of what is signed, by which algorithm, and the signature; the algorithm is a SEQUENCE
/// that begins with its identifier.
fn signature_algorithm(certificate: &[u8]) -> Option<&[u8]> {
    let (parts, _) = element(certificate, SEQUENCE)?;
    let (_, behind) = element(parts, SEQUENCE)?;
    let (algorithm, _) = element(behind, SEQUENCE)?;
    element(algorithm, IDENTIFIER).map(|(identifier, _)| identifier)
}

/// The content of the element of this kind that stands first, and what stands behind it.
fn element(der: &[u8], kind: u8) -> Option<(&[u8], &[u8])> {
    let (&[found, first], rest) = der.split_first_chunk()?;
    if found != kind {
        return None;
    }
    let (length, rest) = match first {
        0..=0x7F => (usize::from(first), rest),
        // So many bytes of length follow; a certificate has at most four.
        0x81..=0x84 => {
            let (bytes, rest) = rest.split_at_checked(usize::from(first & 0x7F))?;
            (bytes.iter().fold(0, |length, byte| length << 8 | usize::from(*byte)), rest)
        }
        _ => return None,
    };
    rest.split_at_checked(length)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An element of DER.
    fn der(kind: u8, content: &[u8]) -> Vec<u8> {
        let length = content.len();
        let head = match length {
            0..=0x7F => vec![kind, u8::try_from(length).unwrap()],
            0x80..=0xFF => vec![kind, 0x81, u8::try_from(length).unwrap()],
            _ => [&[kind, 0x82][..], &u16::try_from(length).unwrap().to_be_bytes()].concat(),
        };
        [head, content.to_vec()].concat()
    }

    /// A certificate that is signed by the algorithm with this identifier, with so many bytes that are signed.
    fn certificate(identifier: &[u8], signed: usize) -> Vec<u8> {
        let algorithm = der(SEQUENCE, &[der(IDENTIFIER, identifier), vec![5, 0]].concat());
        der(SEQUENCE, &[der(SEQUENCE, &vec![7; signed]), algorithm, der(3, &[0; 64])].concat())
    }

    #[test]
    fn the_signature_says_which_digest_binds() {
        for (identifier, algorithm) in ALGORITHMS {
            for signed in [3, 200, 1_000] {
                let certificate = certificate(identifier, signed);
                let expected = digest(algorithm, &certificate).as_ref().to_vec();
                assert_eq!(end_point(&certificate), Some(expected), "{identifier:?} {signed}");
            }
        }
        // Ed25519, and RSA with a digest in the parameters.
        assert_eq!(end_point(&certificate(&[0x2B, 0x65, 0x70], 100)), None);
        assert_eq!(end_point(&certificate(&[0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 1, 10], 100)), None);
    }

    #[test]
    fn what_is_no_certificate_binds_nothing() {
        let whole = certificate(ALGORITHMS[2].0, 300);
        assert!(end_point(&whole).is_some());
        for length in 0..whole.len() {
            assert_eq!(end_point(&whole[..length]), None, "{length}");
        }
        for wrong in
            [&[0x30, 0x80][..], &[0x30, 0x85, 1, 1, 1, 1, 1], &[0x30, 0x84, 255, 255, 255, 255], &[2, 1, 1]]
        {
            assert_eq!(end_point(wrong), None);
        }
    }
}
