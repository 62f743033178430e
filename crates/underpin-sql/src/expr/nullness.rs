//! Whether an expression may be NULL, as a type.

use underpin_core::Value;

/// Whether an expression may be NULL.
pub trait Nullness: 'static {
    /// What its value is read as.
    type Of<V: Value>: Value;
    /// What comes of combining it with another.
    type Or<M: Nullness>: Nullness;
}

/// An expression that always has a value.
#[derive(Debug, Clone, Copy)]
pub struct NotNull;

/// An expression that may be NULL; its value is read as an `Option`.
#[derive(Debug, Clone, Copy)]
pub struct Nullable;

impl Nullness for NotNull {
    type Of<V: Value> = V;
    type Or<M: Nullness> = M;
}

impl Nullness for Nullable {
    type Of<V: Value> = Option<V>;
    type Or<M: Nullness> = Self;
}
