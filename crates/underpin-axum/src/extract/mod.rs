//! Reading a request, with a problem that names the field where it cannot be read.

mod json;
mod objects;
mod pairs;
mod path;
mod query;
mod refused;
mod text;

pub use json::Json;
pub use path::Path;
pub use query::Query;
pub use text::{from_text, optional_from_text};

use serde_path_to_error::{Path as Place, Segment};

/// The field at a place in a document, as `lines[2].price`; none if it is the document itself.
fn field(place: &Place) -> Option<String> {
    let known = place.iter().any(|segment| !matches!(segment, Segment::Unknown));
    known.then(|| place.to_string())
}
