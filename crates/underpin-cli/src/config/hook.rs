//! A command that runs over each revision file that has just been written.

use std::path::Path;
use std::process::{Command, Stdio};

use serde::Deserialize;

/// What stands for the file in a command's arguments.
const FILE: &str = "{file}";

/// `[[post_write_hooks]]`
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Hook {
    pub(crate) command: String,
    #[serde(default)]
    pub(crate) args: Vec<String>,
}

impl Hook {
    /// Runs it in a directory; what it prints goes to standard error.
    ///
    /// # Errors
    /// What is to be told of a command that could not be started or that failed.
    pub(crate) fn run(&self, directory: &Path, file: &Path) -> Result<(), String> {
        let file = file.to_string_lossy();
        let mut args: Vec<String> = self.args.iter().map(|arg| arg.replace(FILE, &file)).collect();
        if !self.args.iter().any(|arg| arg.contains(FILE)) {
            args.push(file.into_owned());
        }
        let mut command = Command::new(&self.command);
        command.args(&args).current_dir(directory).stdin(Stdio::null());
        // Standard output has data of ours only.
        let output = command.stderr(Stdio::inherit()).stdout(Stdio::piped()).output();
        let output = output.map_err(|error| format!("`{}` could not be started: {error}", self.command))?;
        let said = String::from_utf8_lossy(&output.stdout);
        if !said.trim().is_empty() {
            crate::output::note(said.trim_end());
        }
        if output.status.success() {
            Ok(())
        } else {
            Err(format!("`{}` ended with {}", self.command, output.status))
        }
    }
}
