//! The one error type of the benchmark: whatever went wrong, with what was being attempted.

/// Any error, as every driver and peer has its own.
pub(crate) type Failure = Box<dyn std::error::Error + Send + Sync>;

/// A result whose error ends the run.
pub(crate) type Result<T> = std::result::Result<T, Failure>;

/// An error together with what was attempted.
#[derive(Debug)]
struct Attempt {
    what: String,
    source: Failure,
}

impl std::fmt::Display for Attempt {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.what, self.source)?;
        // Drivers such as tokio-postgres keep the server's message one level down.
        let mut cause = self.source.source();
        while let Some(inner) = cause {
            write!(f, ": {inner}")?;
            cause = inner.source();
        }
        Ok(())
    }
}

impl std::error::Error for Attempt {}

/// Adds what was attempted to an error.
pub(crate) trait While<T> {
    /// Names the attempt; the text is only built when it failed.
    fn attempting(self, what: impl FnOnce() -> String) -> Result<T>;
}

impl<T, E: Into<Failure>> While<T> for std::result::Result<T, E> {
    fn attempting(self, what: impl FnOnce() -> String) -> Result<T> {
        self.map_err(|error| Attempt { what: what(), source: error.into() }.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_the_attempt_and_every_cause() {
        let inner: Result<()> = Err("disk full".into());
        let outer = inner.attempting(|| "fill table cars".into()).attempting(|| "bulk insert".into());
        assert_eq!(outer.unwrap_err().to_string(), "bulk insert: fill table cars: disk full");
    }
}
