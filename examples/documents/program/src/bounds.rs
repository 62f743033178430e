//! How large a file may be.

/// The most bytes of a file: 50 MiB.
pub(crate) const MOST_BYTES: u64 = 50 << 20;
