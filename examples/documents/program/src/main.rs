//! The program of the documents: the command line and the HTTP interface around the domain and its adapter.

mod bounds;
mod cli;
mod command;
mod database_url;
mod error;
mod extract;
mod http;
mod keys;
mod log;
mod output;
mod shape;

use std::process::ExitCode;

use clap::Parser;

use crate::cli::{Cli, Command};
use crate::error::{End, Error};

fn main() -> ExitCode {
    let ended = match Cli::try_parse() {
        // A reader of one file: no runtime, no database, as little as can be.
        Ok(Cli { command: Command::ReadFile { kind, seconds }, .. }) => {
            extract::read_standard_input(kind, seconds)
        }
        Ok(cli) => run(cli),
        Err(error) => output::answer(&error),
    };
    match ended {
        Ok(end) => end.into(),
        Err(error) => {
            output::tell(&error);
            error.end().into()
        }
    }
}

#[tokio::main]
async fn run(cli: Cli) -> Result<End, Error> {
    command::run(cli).await
}
