//! `completions`: what a shell needs to complete commands.

use clap::{Args, CommandFactory};
use clap_complete::Shell;

use crate::cli::Cli;
use crate::error::Result;
use crate::exit::Exit;
use crate::output::text;

/// Print a script that completes commands in a shell
#[derive(Debug, Args)]
#[command(
    after_help = "Example: underpin completions bash > ~/.local/share/bash-completion/completions/underpin"
)]
pub(crate) struct Completions {
    /// Which shell
    #[arg(value_enum)]
    shell: Shell,
}

impl Completions {
    pub(crate) fn run(&self) -> Result<Exit> {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut Cli::command(), "underpin", &mut script);
        text(&String::from_utf8_lossy(&script))?;
        Ok(Exit::Done)
    }
}
