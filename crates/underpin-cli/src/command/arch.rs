//! `arch`: the commands of the architecture linter, as it has them itself.

use std::ffi::OsString;

use clap::Args;

use crate::context::Context;
use crate::error::Result;
use crate::exit::Exit;
use crate::output::{note, text};

/// Hold a workspace to its architecture: check, graph, why, init, baseline
#[derive(Debug, Args)]
#[command(disable_help_flag = true, after_help = "Example: underpin arch check --format json")]
pub(crate) struct Arch {
    /// A command of the linter and its arguments; `underpin arch --help` lists them
    #[arg(trailing_var_arg = true, allow_hyphen_values = true, value_name = "COMMAND")]
    arguments: Vec<OsString>,
}

impl Arch {
    pub(crate) fn run(self, context: &Context) -> Result<Exit> {
        let answer = underpin_archlint::answer("underpin arch", self.arguments);
        text(&answer.output)?;
        if !answer.errors.is_empty() {
            note(&context.called.says(answer.errors.trim_end()));
        }
        Ok(match answer.code {
            0 => Exit::Done,
            1 => {
                if answer.errors.is_empty() {
                    let hint = "hint: `underpin arch why A B` shows how one module reaches another";
                    note(&context.called.says(hint));
                }
                Exit::Failed
            }
            _ => Exit::Mistake,
        })
    }
}
