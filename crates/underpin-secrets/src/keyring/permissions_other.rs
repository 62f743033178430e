//! Who may read a file of keys, where files have no modes: the folder has to see to it.

use std::fs::{Metadata, OpenOptions};

/// Nothing that could be seen here.
pub(crate) fn fault(_of: &Metadata) -> Option<String> {
    None
}

/// Nothing to be said.
pub(crate) fn private(options: &mut OpenOptions) -> &mut OpenOptions {
    options
}
