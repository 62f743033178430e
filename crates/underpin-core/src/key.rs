//! The primary key of a table, as a Rust value.

use std::fmt::Debug;
use std::hash::Hash;

use crate::{CellError, Encoder, Value};

/// One value or a tuple of up to four. Implemented for every [`Value`] that can be compared, ordered and hashed.
#[diagnostic::on_unimplemented(
    message = "this cannot be a primary key",
    label = "lacks what a key is looked up by",
    note = "a key is a column value, or a tuple of up to four, that is `Clone`, `Eq`, `Ord`, `Hash` and `Debug`, as no float is"
)]
#[allow(
    misplaced_diagnostic_attributes,
    reason = "of a trait, the compiler then names it and not each that it demands"
)]
#[diagnostic::do_not_recommend]
pub trait Key: Clone + Eq + Ord + Hash + Debug + Send + Sync + 'static {
    /// How many columns the key has.
    const WIDTH: usize;

    /// Writes one column of the key; `position` counts within the key.
    ///
    /// # Errors
    /// If the value does not fit its column.
    fn encode(&self, position: usize, out: &mut dyn Encoder) -> Result<(), CellError>;
}

#[diagnostic::do_not_recommend]
impl<T: Value + Eq + Ord + Hash + Debug> Key for T {
    const WIDTH: usize = 1;

    fn encode(&self, _position: usize, out: &mut dyn Encoder) -> Result<(), CellError> {
        Value::encode(self, out)
    }
}

macro_rules! tuple_key {
    ($width:literal: $($name:ident $position:tt),+) => {
        #[diagnostic::do_not_recommend]
        impl<$($name: Value + Eq + Ord + Hash + Debug),+> Key for ($($name,)+) {
            const WIDTH: usize = $width;

            fn encode(&self, position: usize, out: &mut dyn Encoder) -> Result<(), CellError> {
                match position {
                    $($position => Value::encode(&self.$position, out),)+
                    _ => Err(CellError::OutOfRange("the key has fewer columns")),
                }
            }
        }
    };
}

tuple_key!(2: A 0, B 1);
tuple_key!(3: A 0, B 1, C 2);
tuple_key!(4: A 0, B 1, C 2, D 3);
