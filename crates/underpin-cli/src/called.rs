//! The name by which the program was called, for all that it says of its own commands.

use std::ffi::OsStr;
use std::path::Path;

use clap::Command;

/// As texts in this crate have it.
const OURS: &str = "underpin";

/// What stands before it where it is part of a command, and not of a file's name or a sentence.
const BEFORE: [&str; 4] = ["`", ": ", "; ", "\n  "];

/// A program's name; a program with revisions of its own has another one than ours.
#[derive(Debug, Clone)]
pub(crate) struct Called(String);

impl Called {
    /// The name that is given, else that of the file that was started.
    pub(crate) fn new(name: Option<&str>, started: Option<&OsStr>) -> Self {
        let started = || started.and_then(|path| Path::new(path).file_stem()?.to_str());
        Self(name.or_else(started).unwrap_or(OURS).to_owned())
    }

    pub(crate) fn name(&self) -> &str {
        &self.0
    }

    /// A text with this name where ours stands in commands.
    pub(crate) fn says(&self, text: &str) -> String {
        BEFORE.iter().fold(text.to_owned(), |text, before| {
            text.replace(&format!("{before}{OURS} "), &format!("{before}{} ", self.0))
        })
    }

    /// The same for what stands below the help of a command and of those below it.
    pub(crate) fn help(&self, mut command: Command) -> Command {
        if let Some(text) = command.get_after_help().map(|text| self.says(&text.to_string())) {
            command = command.after_help(text);
        }
        command.mut_subcommands(|below| self.help(below))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_have_the_name_of_the_program() {
        let called = Called::new(None, Some(OsStr::new("/usr/bin/finance-manage")));
        assert_eq!(
            called.says("see underpin.toml; `underpin heads` lists them; an underpin or two"),
            "see underpin.toml; `finance-manage heads` lists them; an underpin or two"
        );
        assert_eq!(
            called.says("Examples:\n  underpin init\n  underpin secrets"),
            "Examples:\n  finance-manage init\n  finance-manage secrets"
        );
        assert_eq!(
            Called::new(Some("cargo underpin"), None).says("Example: underpin show"),
            "Example: cargo underpin show"
        );
        assert_eq!(Called::new(None, None).name(), "underpin");
    }
}
