//! The command line, for every program that offers it.

use std::{ffi::OsString, path::PathBuf};

use clap::{Args, CommandFactory as _, FromArgMatches as _, Parser, Subcommand, ValueEnum};

use crate::{
    ReportFormat,
    cli::{Answer, GraphFormat, Level, Request, run},
};

/// Holds a workspace to its architecture.
#[derive(Parser)]
#[command(version, disable_help_subcommand = true, max_term_width = 100)]
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

/// Does what the arguments of a program ask, those behind its name. The name stands in help texts.
///
/// ```
/// let answer = underpin_archlint::answer("underpin arch", ["--help"]);
/// assert!(answer.output.contains("Usage: underpin arch") && answer.code == 0);
/// ```
pub fn answer(name: &'static str, arguments: impl IntoIterator<Item = impl Into<OsString>>) -> Answer {
    let all = [OsString::from(name)].into_iter().chain(arguments.into_iter().map(Into::into));
    let parsed = Arguments::command()
        .name(name)
        .bin_name(name)
        .try_get_matches_from(all)
        .and_then(|matches| Arguments::from_arg_matches(&matches));
    match parsed {
        Ok(arguments) => run(&Request::from(arguments.command)),
        Err(error) if error.use_stderr() => Answer {
            errors: error.render().to_string().replace("For more information, try", "hint: try"),
            code: 2,
            ..Answer::default()
        },
        Err(help) => Answer { output: help.render().to_string(), ..Answer::default() },
    }
}
