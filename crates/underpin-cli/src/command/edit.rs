//! `edit`: opens a revision's file in the person's editor.

use std::env;
use std::process::Command;

use clap::Args;
use underpin::migrate::Revision;

use crate::cli::EXIT_CODES;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::exit::Exit;
use crate::naming;

/// Open a revision's file in $VISUAL or $EDITOR
#[derive(Debug, Args)]
#[command(after_help = EXIT_CODES)]
pub(crate) struct Edit {
    /// Which one
    #[arg(value_name = "REVISION", default_value = "head", allow_negative_numbers = true)]
    revision: String,
}

impl Edit {
    pub(crate) async fn run(self, context: &Context) -> Result<Exit> {
        let graph = context.graph_of_files()?;
        let destination = naming::destination(&self.revision)?;
        let rows = context.applied_for(&graph, &destination).await?;
        let applied = rows.iter().flatten().map(|row| row.revision.as_str()).collect();
        let revisions = graph.find(&destination, &applied)?;
        let [revision] = revisions.as_slice() else {
            return Err(Error::mistake(
                format!("{} names {} revisions", self.revision, revisions.len()),
                "name one; `underpin history` lists them",
            ));
        };
        let file = context.path(revision.file())?;
        let editor = editor()?;
        let mut words = editor.split_whitespace();
        let mut command = Command::new(words.next().unwrap_or_default());
        let status = command.args(words).arg(&file).status().map_err(|error| {
            let hint = "set VISUAL or EDITOR to a program that is installed";
            Error::mistake(format!("the editor `{editor}` could not be started"), hint)
                .because(error.to_string())
        })?;
        if !status.success() {
            let hint = "what it has saved stays; open the file again to look";
            return Err(Error::failed(format!("the editor `{editor}` ended with {status}"), hint));
        }
        let bytes = std::fs::read(&file)
            .map_err(|error| Error::file("the revision cannot be read:", &file, &error))?;
        Revision::parse_bytes(&file.to_string_lossy(), &bytes)?;
        Ok(Exit::Done)
    }
}

fn editor() -> Result<String> {
    let named = ["VISUAL", "EDITOR"]
        .into_iter()
        .find_map(|name| env::var(name).ok().filter(|value| !value.trim().is_empty()));
    named.ok_or_else(|| Error::mistake("no editor is named", "set VISUAL or EDITOR, as in EDITOR=vi"))
}
