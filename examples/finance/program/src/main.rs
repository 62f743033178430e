//! The program of the finance example: the command line and the HTTP interface around the domain and its adapter.

mod cli;
mod command;
mod database_url;
mod error;
mod event_shape;
mod http;
mod import;
mod keys;
mod log;
mod output;
mod secret_input;
mod user_shape;

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
