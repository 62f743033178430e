//! Hiding lengths: ISO/IEC 7816-4, one byte 0x80 and then zeros up to a multiple.

/// To which multiple of bytes values are filled up before they are encrypted. It belongs to the column for ever: what was
/// written with one is not read with another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Padding {
    /// Not at all; the stored value shows how long the plain one is.
    #[default]
    None,
    /// To a multiple of 16 bytes.
    To16,
    /// To a multiple of 32 bytes.
    To32,
    /// To a multiple of 64 bytes.
    To64,
}

impl Padding {
    const fn multiple(self) -> usize {
        match self {
            Self::None => 0,
            Self::To16 => 16,
            Self::To32 => 32,
            Self::To64 => 64,
        }
    }

    /// How many bytes a value of `len` bytes has with its padding.
    pub(crate) const fn padded(self, len: usize) -> usize {
        match self.multiple() {
            0 => len,
            multiple => (len / multiple + 1) * multiple,
        }
    }

    /// Writes a value with its padding over as many zeros as they have bytes.
    pub(crate) fn fill(self, value: &[u8], out: &mut [u8]) {
        out[..value.len()].copy_from_slice(value);
        if self != Self::None {
            out[value.len()] = 0x80;
        }
    }

    /// How many of the bytes are the value.
    pub(crate) fn strip(self, padded: &[u8]) -> Option<usize> {
        if self == Self::None {
            return Some(padded.len());
        }
        if padded.is_empty() || !padded.len().is_multiple_of(self.multiple()) {
            return None;
        }
        let last = padded.iter().rposition(|byte| *byte != 0)?;
        (padded[last] == 0x80 && padded.len() - last <= self.multiple()).then_some(last)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [Padding; 4] = [Padding::None, Padding::To16, Padding::To32, Padding::To64];

    #[test]
    fn what_is_filled_up_is_stripped() {
        for padding in ALL {
            for len in 0..200 {
                let plain: Vec<u8> = (0..len).map(|at| [0x80, 0, 1][at % 3]).collect();
                let mut padded = vec![0; padding.padded(len)];
                padding.fill(&plain, &mut padded);
                assert_eq!(padding.strip(&padded), Some(len), "{padding:?} {len}");
                assert!(
                    padding == Padding::None
                        || padded.len().is_multiple_of(padding.multiple()) && padded.len() > len
                );
            }
        }
    }

    #[test]
    fn what_was_not_filled_up_is_refused() {
        for padding in &ALL[1..] {
            for wrong in [&[][..], &[0; 64], &[1; 64], &[0x80; 63]] {
                assert_eq!(padding.strip(wrong), None, "{padding:?} {wrong:?}");
            }
        }
        let mut early = [0; 64];
        early[0] = 0x80;
        assert_eq!(Padding::To64.strip(&early), Some(0));
        assert_eq!(Padding::To16.strip(&early), None, "more padding than there can be");
    }
}
