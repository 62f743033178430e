//! Memory for the time of one value: on the stack where that suffices.

/// Most values with all that is authenticated beside them.
pub(crate) const SHORT: usize = 256;

/// Lends so many zeros.
pub(crate) fn with<R>(len: usize, work: impl FnOnce(&mut [u8]) -> R) -> R {
    if len <= SHORT { work(&mut [0; SHORT][..len]) } else { work(&mut vec![0; len]) }
}
