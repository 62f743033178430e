//! The stand-alone program: reads arguments, prints answers.

use std::{
    io::{self, Write as _},
    path::PathBuf,
    process::ExitCode,
};

use clap::{Args, Parser, Subcommand, ValueEnum};
use underpin_archlint::{
    ReportFormat,
    cli::{self, GraphFormat, Level, Request},
};

/// Holds a workspace to its architecture.
#[derive(Parser)]
#[command(name = "underpin-archlint", version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Judge every contract: exit code 0 kept, 1 broken, 2 could not judge
    Check {
        #[command(flatten)]
        file: File,
        /// How the report is written
        #[arg(long, default_value = "text")]
        format: Report,
        /// Print the contracts of the preset too
        #[arg(long)]
        explain: bool,
    },
    /// Draw the graph
    Graph {
        #[command(flatten)]
        file: File,
        /// The language of the picture
        #[arg(long, default_value = "mermaid")]
        format: Picture,
        /// What is drawn as a box
        #[arg(long, default_value = "crate")]
        level: Boxes,
        /// Only what imports or is imported by this module
        #[arg(long, value_name = "MODULE")]
        focus: Option<String>,
        /// Without numbers, imports of tests, and arrows that follow from others
        #[arg(long)]
        outline: bool,
    },
    /// Show the shortest chains of imports between two modules
    Why {
        #[command(flatten)]
        file: File,
        /// The importing module
        from: String,
        /// The imported module, or a path into another crate
        to: String,
    },
    /// Write a first file of contracts, which hold today
    Init {
        #[command(flatten)]
        file: File,
        /// Print it instead
        #[arg(long)]
        print: bool,
    },
    /// Accept the violations of today, or take out those that are gone
    Baseline {
        #[command(flatten)]
        file: File,
    },
}

#[derive(Args)]
struct File {
    /// The file of contracts [default: the nearest archlint.toml]
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
}

#[derive(Clone, Copy, ValueEnum)]
enum Report {
    Text,
    Json,
    Sarif,
    Github,
}

#[derive(Clone, Copy, ValueEnum)]
enum Picture {
    Dot,
    Mermaid,
    Svg,
    Json,
}

#[derive(Clone, Copy, ValueEnum)]
enum Boxes {
    Crate,
    Module,
}

impl From<Command> for Request {
    fn from(command: Command) -> Self {
        match command {
            Command::Check { file, format, explain } => Self::Check {
                config: file.config,
                explain,
                format: match format {
                    Report::Text => ReportFormat::Text,
                    Report::Json => ReportFormat::Json,
                    Report::Sarif => ReportFormat::Sarif,
                    Report::Github => ReportFormat::Github,
                },
            },
            Command::Graph { file, format, level, focus, outline } => Self::Graph {
                config: file.config,
                focus,
                outline,
                level: match level {
                    Boxes::Crate => Level::Crate,
                    Boxes::Module => Level::Module,
                },
                format: match format {
                    Picture::Dot => GraphFormat::Dot,
                    Picture::Mermaid => GraphFormat::Mermaid,
                    Picture::Svg => GraphFormat::Svg,
                    Picture::Json => GraphFormat::Json,
                },
            },
            Command::Why { file, from, to } => Self::Why { config: file.config, from, to },
            Command::Init { file, print } => Self::Init { config: file.config, print },
            Command::Baseline { file } => Self::Baseline { config: file.config },
        }
    }
}

fn main() -> ExitCode {
    let answer = cli::run(&Request::from(Arguments::parse().command));
    // A reader that has gone away wants no more; there is nobody left to tell.
    let _ = io::stdout().write_all(answer.output.as_bytes());
    let _ = io::stderr().write_all(answer.errors.as_bytes());
    ExitCode::from(answer.code)
}
