//! Reading a request, with a problem that names the field where it cannot be read.

mod json;
mod path;
mod query;

pub use json::Json;
pub use path::Path;
pub use query::Query;

use serde_path_to_error::{Path as Place, Segment};

/// The field at a place in a document, as `lines[2].price`; none if it is the document itself.
fn field(place: &Place) -> Option<String> {
    let known = place.iter().any(|segment| !matches!(segment, Segment::Unknown));
    known.then(|| place.to_string())
}
