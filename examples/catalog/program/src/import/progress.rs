//! How far an import has got: a bar on standard error, if that is a terminal.

use std::io::Read;

use indicatif::{ProgressBar, ProgressBarIter, ProgressStyle};

const KNOWN: &str = "{bar:30} {percent:>3} %  {msg}  {eta} left";
const UNKNOWN: &str = "{spinner} {elapsed}  {msg}";

/// A bar, or nothing where nobody looks.
#[derive(Clone)]
pub(crate) struct Progress(ProgressBar);

impl Progress {
    /// Of a file of so many bytes.
    pub(crate) fn of_length(bytes: u64) -> Self {
        Self(with_template(ProgressBar::new(bytes), KNOWN))
    }

    /// Of something that ends when it ends.
    pub(crate) fn of_unknown_length() -> Self {
        Self(with_template(ProgressBar::new_spinner(), UNKNOWN))
    }

    /// The reader, with what is read of it counted.
    pub(crate) fn count<R: Read>(&self, reader: R) -> ProgressBarIter<R> {
        self.0.wrap_read(reader)
    }

    /// Shows how many have been taken in.
    pub(crate) fn taken_in(&self, cars: usize) {
        self.0.set_message(format!("{cars} taken in"));
        self.0.tick();
    }

    /// Takes the bar away while something is written.
    pub(crate) fn aside<T>(&self, write: impl FnOnce() -> T) -> T {
        self.0.suspend(write)
    }

    /// Takes the bar away for good.
    pub(crate) fn end(&self) {
        self.0.finish_and_clear();
    }
}

/// The bar draws itself only where standard error is a terminal.
fn with_template(bar: ProgressBar, template: &str) -> ProgressBar {
    match ProgressStyle::with_template(template) {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}
