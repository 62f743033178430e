//! What entities are asked for by.

/// A value that becomes the key `K`.
#[diagnostic::on_unimplemented(
    message = "entities are asked for by a `{K}` here, not by a `{Self}`",
    label = "not a `{K}`, and nothing that becomes one"
)]
pub trait IntoKey<K> {
    /// The key.
    fn into_key(self) -> K;
}

#[diagnostic::do_not_recommend]
impl<K, X: Into<K>> IntoKey<K> for X {
    fn into_key(self) -> K {
        self.into()
    }
}

/// A key `K`, or `None` where there may be none.
#[diagnostic::on_unimplemented(
    message = "entities are asked for by a `{K}` or an `Option<{K}>` here, not by a `{Self}`",
    label = "gives neither a `{K}` nor an `Option<{K}>`"
)]
pub trait IntoOptionalKey<K> {
    /// The key, if there is one.
    fn into_optional_key(self) -> Option<K>;
}

#[diagnostic::do_not_recommend]
impl<K, X: Into<Option<K>>> IntoOptionalKey<K> for X {
    fn into_optional_key(self) -> Option<K> {
        self.into()
    }
}
