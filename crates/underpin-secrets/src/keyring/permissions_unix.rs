//! Who may read a file of keys, where files have modes.

use std::fs::{Metadata, OpenOptions};
use std::os::unix::fs::{OpenOptionsExt as _, PermissionsExt as _};

/// Bits of group and others.
const OTHERS: u32 = 0o077;

/// What is wrong with who may read it.
pub(crate) fn fault(of: &Metadata) -> Option<String> {
    let mode = of.permissions().mode() & 0o777;
    (mode & OTHERS != 0).then(|| format!("others than its owner may use it (mode {mode:04o})"))
}

/// A new file is for its owner alone from the start.
pub(crate) fn private(options: &mut OpenOptions) -> &mut OpenOptions {
    options.mode(0o600)
}
