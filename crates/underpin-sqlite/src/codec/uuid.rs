//! A UUID as text.

use underpin_core::CellError;

/// Lower case with hyphens.
pub(super) fn uuid_text(uuid: [u8; 16]) -> [u8; 36] {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut text = [b'-'; 36];
    let mut at = 0;
    for (index, byte) in uuid.into_iter().enumerate() {
        if matches!(index, 4 | 6 | 8 | 10) {
            at += 1;
        }
        text[at] = DIGITS[usize::from(byte >> 4)];
        text[at + 1] = DIGITS[usize::from(byte & 15)];
        at += 2;
    }
    text
}

/// Reads either case.
pub(super) fn parse_uuid(text: &[u8]) -> Result<[u8; 16], CellError> {
    const WRONG: CellError = CellError::Malformed("a UUID");
    let text: &[u8; 36] = text.try_into().map_err(|_| WRONG)?;
    let mut uuid = [0; 16];
    let mut at = 0;
    for (index, byte) in uuid.iter_mut().enumerate() {
        if matches!(index, 4 | 6 | 8 | 10) {
            if text[at] != b'-' {
                return Err(WRONG);
            }
            at += 1;
        }
        let (Some(high), Some(low)) = (digit(text[at]), digit(text[at + 1])) else { return Err(WRONG) };
        *byte = high << 4 | low;
        at += 2;
    }
    Ok(uuid)
}

/// The value of a hexadecimal digit.
pub(super) fn digit(character: u8) -> Option<u8> {
    match character {
        b'0'..=b'9' => Some(character - b'0'),
        b'a'..=b'f' => Some(character - b'a' + 10),
        b'A'..=b'F' => Some(character - b'A' + 10),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_text_has_the_usual_form() {
        let uuid = [0x01, 0x8f, 0x6b, 0x3e, 0, 1, 0x7a, 0xbc, 0x8d, 0xef, 0xff, 2, 3, 4, 5, 6];
        assert_eq!(&uuid_text(uuid), b"018f6b3e-0001-7abc-8def-ff0203040506");
        assert_eq!(parse_uuid(b"018F6B3E-0001-7ABC-8DEF-FF0203040506"), Ok(uuid));
        for wrong in ["", "018f6b3e00017abc8defff0203040506", "018f6b3e-0001-7abc-8def-ff020304050g"] {
            assert!(parse_uuid(wrong.as_bytes()).is_err(), "{wrong}");
        }
        assert!(parse_uuid(b"018f6b3e-0001-7abc-8defff-0203040506").is_err());
    }

    proptest! {
        #[test]
        fn every_uuid_comes_back(uuid: [u8; 16]) {
            prop_assert_eq!(parse_uuid(&uuid_text(uuid)), Ok(uuid));
        }
    }
}
