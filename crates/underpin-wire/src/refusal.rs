//! What the server says when it refuses: which rule was broken, and where. Its DETAIL, which may quote rows, is not kept.

use std::fmt;

use crate::Error;
use crate::description::Reader;

/// A refusal of the server.
#[derive(Clone, Default)]
pub struct Refusal {
    severity: String,
    code: String,
    message: String,
    position: Option<u32>,
    constraint: Option<String>,
    table: Option<String>,
    column: Option<String>,
    routine: Option<String>,
}

impl Refusal {
    /// Reads an ErrorResponse or a NoticeResponse.
    pub(crate) fn of(body: &[u8]) -> Result<Self, Error> {
        let mut refusal = Self::default();
        let mut reader = Reader(body);
        loop {
            let field = reader.byte()?;
            if field == 0 {
                return Ok(refusal);
            }
            let text = String::from_utf8_lossy(reader.text()?).into_owned();
            match field {
                // Not in the server's language, as `S` is.
                b'V' => refusal.severity = text,
                b'C' => refusal.code = text,
                b'M' => refusal.message = text,
                b'P' => refusal.position = text.parse().ok(),
                b'n' => refusal.constraint = Some(text),
                b't' => refusal.table = Some(text),
                b'c' => refusal.column = Some(text),
                b'R' => refusal.routine = Some(text),
                _ => {}
            }
        }
    }

    /// Whether the server ends the connection with it.
    pub fn is_last(&self) -> bool {
        matches!(self.severity.as_str(), "FATAL" | "PANIC")
    }

    /// How bad it is, such as `ERROR` or, of a notice, `WARNING`.
    pub(crate) fn severity(&self) -> &str {
        &self.severity
    }

    /// The SQLSTATE.
    pub fn code(&self) -> &str {
        &self.code
    }

    /// The message, in the server's language. It may quote a value.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// Where in the statement, counted in characters from 1.
    pub fn position(&self) -> Option<u32> {
        self.position
    }

    /// The constraint that would be broken.
    pub fn constraint(&self) -> Option<&str> {
        self.constraint.as_deref()
    }

    /// The table that it is about.
    pub fn table(&self) -> Option<&str> {
        self.table.as_deref()
    }

    /// The column that it is about.
    pub fn column(&self) -> Option<&str> {
        self.column.as_deref()
    }

    /// The routine of the server's source that refused.
    pub fn routine(&self) -> Option<&str> {
        self.routine.as_deref()
    }
}

/// Without the message, which may quote a value.
impl fmt::Debug for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Refusal").field("code", &self.code).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_known_is_kept_and_the_detail_is_not() {
        let body = b"SFEHLER\0VERROR\0C23505\0Mduplicate key\0DKey (email)=(secret)\0P7\0ttable\0nunique\0Rcheck\0\0";
        let refusal = Refusal::of(body).unwrap();
        assert_eq!(
            (refusal.code(), refusal.message(), refusal.position()),
            ("23505", "duplicate key", Some(7))
        );
        assert_eq!(
            (refusal.table(), refusal.constraint(), refusal.column()),
            (Some("table"), Some("unique"), None)
        );
        assert!(!refusal.is_last() && refusal.routine() == Some("check"));
        let shown = format!("{refusal:?} {}", Error::Refused(Box::new(refusal.clone())));
        assert!(!shown.contains("secret") && !shown.contains("duplicate"), "{shown}");
    }

    #[test]
    fn a_response_that_is_cut_off_is_an_error() {
        assert!(Refusal::of(b"C23505").is_err());
        assert!(Refusal::of(b"").is_err());
        assert!(Refusal::of(b"VFATAL\0\0").unwrap().is_last());
    }
}
