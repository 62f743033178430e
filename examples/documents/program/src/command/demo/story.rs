//! How the demo tells what it does: numbered steps with what came of each below them.

use std::fmt::Display;
use std::io::{self, Stdout, Write};
use std::path::Path;

use crate::output::Paint;

/// A story on standard output.
pub(super) struct Story {
    out: Stdout,
    paint: Paint,
    step: usize,
}

impl Story {
    pub(super) fn begin() -> Self {
        let out = io::stdout();
        let paint = Paint::of(&out);
        Self { out, paint, step: 0 }
    }

    /// The title, and where it all happens.
    pub(super) fn title(&mut self, title: &str, place: &str) -> io::Result<()> {
        writeln!(self.out, "{}\n{}", self.paint.bold(title), self.paint.dim(place))
    }

    /// The next step.
    pub(super) fn step(&mut self, title: &str) -> io::Result<()> {
        self.step += 1;
        let title = format!("{}. {title}", self.step);
        writeln!(self.out, "\n{}", self.paint.bold(&title))
    }

    /// Something that was done.
    pub(super) fn done(&mut self, what: impl Display) -> io::Result<()> {
        writeln!(self.out, "   {} {what}", self.paint.green("+"))
    }

    /// Something that was refused, as it should be.
    pub(super) fn refused(&mut self, what: impl Display) -> io::Result<()> {
        writeln!(self.out, "   {} {what}", self.paint.yellow("x"))
    }

    /// Something that is worth knowing.
    pub(super) fn remark(&mut self, what: &str) -> io::Result<()> {
        writeln!(self.out, "     {}", self.paint.dim(what))
    }

    /// The end, behind an empty line.
    pub(super) fn end(&mut self, what: &str) -> io::Result<()> {
        writeln!(self.out, "\n{what}")
    }

    /// How to go on by oneself.
    pub(super) fn look_around(&mut self, url: &str, store: &Path, keys: Option<&Path>) -> io::Result<()> {
        writeln!(self.out, "\n{}", self.paint.bold("Look around"))?;
        let path = |path: &Path| in_a_shell(&path.display().to_string());
        let place = format!("--database-url {} --store {}", in_a_shell(url), path(store));
        let keys = keys.map(|keys| format!(" --key-file {}", path(keys))).unwrap_or_default();
        for (command, keys) in [("list", ""), ("borrowers list", &*keys), ("serve", &*keys)] {
            writeln!(self.out, "   cargo run -p documents -- {command} {place}{keys}")?;
        }
        Ok(())
    }
}

/// A word as it is written in a shell.
fn in_a_shell(word: &str) -> String {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"/:.,_-+=@%".contains(&byte);
    match word.bytes().all(is_plain) {
        true => word.to_owned(),
        false => format!("'{}'", word.replace('\'', r"'\''")),
    }
}
