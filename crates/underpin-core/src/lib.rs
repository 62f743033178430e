//! Column types, the codec between Rust values and database cells, dialects and their capabilities, and the error.
//!
//! Everything here is pure: no IO, no driver. The crate is an implementation detail of `underpin`; depend on that.
//!
//! - [`Value`]: a Rust type that one column holds. It writes itself into an [`Encoder`] and reads itself from
//!   [`Cells`]; a driver supplies both, so that no value type stands between a row struct and the wire.
//! - [`ColumnType`]: what a column holds, as data.
//! - [`Dialect`] and [`Capability`]: a database and what it can do, as data.
//! - [`Error`]: one opaque error with questions and facts.

mod cells;
mod column_set;
mod column_type;
mod datum;
mod dialect;
mod encoder;
mod error;
mod interval;
mod json_text;
mod key;
mod key_bytes;
mod pattern;
mod value;

pub use cells::{CellError, Cells};
pub use column_set::ColumnSet;
pub use column_type::{ColumnType, EnumType};
pub use datum::{Datum, OwnedRow};
pub use dialect::{Capability, Dialect, Placeholder};
pub use encoder::Encoder;
pub use error::{Error, ErrorKind, Hint, Result, Stale, Violation};
pub use interval::Interval;
pub use json_text::JsonText;
pub use key::Key;
pub use key_bytes::{KeyBuffer, key_bytes};
pub use pattern::{like, lower, upper};
#[doc(hidden)]
pub use value::ColumnValue;
pub use value::{Auto, Codec, Plain, Value};

#[cfg(feature = "with-serde_json-1")]
pub use value::Json;

/// A boxed future, so that driver traits can be trait objects.
pub type BoxFuture<'a, T> = std::pin::Pin<Box<dyn Future<Output = T> + Send + 'a>>;
