//! How far an intake has got: a bar on standard error, if that is a terminal.

use indicatif::{ProgressBar, ProgressStyle};

use super::Tally;
use crate::output;

const BAR: &str = "{bar:30} {pos}/{len}  {msg}  {eta} left";

/// A bar, or nothing where nobody looks.
pub(super) struct Progress(ProgressBar);

impl Progress {
    /// Of so many files.
    pub(super) fn of(files: usize) -> Self {
        let bar = ProgressBar::new(u64::try_from(files).unwrap_or(u64::MAX));
        Self(match ProgressStyle::with_template(BAR) {
            Ok(style) => bar.with_style(style),
            Err(_) => bar,
        })
    }

    /// So many are read and wait for their batch; these are done.
    pub(super) fn at(&self, waiting: usize, tally: Tally) {
        let Tally { taken_in, known, refused } = tally;
        let done = taken_in + known + refused + waiting;
        self.0.set_position(u64::try_from(done).unwrap_or(u64::MAX));
        self.0.set_message(format!("{taken_in} taken in, {known} known, {refused} refused"));
    }

    /// Tells that a file was refused.
    pub(super) fn refused(&self, name: &str, why: &str) {
        self.0.suspend(|| output::note(&format!("{name}: {why}")));
    }

    /// Takes the bar away for good.
    pub(super) fn end(&self) {
        self.0.finish_and_clear();
    }
}
