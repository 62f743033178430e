//! The program of the finance example: the command line around the domain and its adapter.

mod cli;
mod command;
mod database_url;
mod error;
mod import;
mod output;

use std::process::ExitCode;

use clap::Parser;

use crate::cli::Cli;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let ended = match Cli::try_parse() {
        Ok(cli) => command::run(cli).await,
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
