//! Memory for the time of one value: on the stack where that suffices.

use zeroize::optimization_barrier;

/// Most values with all that is authenticated beside them.
pub(crate) const SHORT: usize = 256;

/// Lends so many zeros.
pub(crate) fn with<R>(len: usize, work: impl FnOnce(&mut [u8]) -> R) -> R {
    if len <= SHORT { work(&mut [0; SHORT][..len]) } else { work(&mut vec![0; len]) }
}

/// Writes zeros, which the compiler must not leave out although nobody reads them. `zeroize` does the same a byte at a time.
pub(crate) fn overwrite(bytes: &mut [u8]) {
    bytes.fill(0);
    optimization_barrier(bytes);
}
