//! The program of the team catalogue: the command line and the HTTP interface around the domain and its adapter.

mod cli;
mod command;
mod database_url;
mod error;
mod http;
mod log;
mod moment;
mod output;
mod settings;
mod shape;

use std::process::ExitCode;

use clap::Parser;

use crate::cli::Cli;

#[tokio::main]
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
