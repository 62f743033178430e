//! Reads what a person wrote for a revision, for several, or for a range of them.

use underpin::migrate::{Destination, Range};

use crate::error::{Error, Result};

/// A place in the graph.
///
/// # Errors
/// A range, a URL, or what is no name.
pub(crate) fn destination(written: &str) -> Result<Destination> {
    check_no_url(written)?;
    if written.contains(':') {
        return Err(Error::mistake(
            format!("{written} is a range, and one place is expected"),
            "name only where it is to end; upgrade, downgrade and stamp take a range with --sql",
        ));
    }
    Ok(written.parse()?)
}

/// Several places in the graph.
///
/// # Errors
/// As [`destination`].
pub(crate) fn destinations(written: &[String]) -> Result<Vec<Destination>> {
    written.iter().map(|written| destination(written)).collect()
}

/// A range.
///
/// # Errors
/// A URL, or what is no range.
pub(crate) fn range(written: &str) -> Result<Range> {
    check_no_url(written)?;
    Ok(written.parse()?)
}

/// A URL has a place of its own, and may have a password in it that is not to be repeated.
fn check_no_url(written: &str) -> Result<()> {
    match written.contains("://") {
        true => {
            Err(Error::mistake("a URL stands where a revision is expected", "name the database by --url URL"))
        }
        false => Ok(()),
    }
}
