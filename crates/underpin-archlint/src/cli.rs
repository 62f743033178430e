//! The commands, without a parser of arguments: a [`Request`] in, an [`Answer`] out.
//!
//! The command lines, the stand-alone one and that of `underpin arch`, only read arguments and print.

use std::{
    fs,
    path::{Path, PathBuf},
};

use crate::{
    Graph, Problem, Result, baseline, check,
    config::{Config, FILE},
    draw::{Picture, dot, mermaid, svg},
    init::propose,
    project,
    report::{ReportFormat, chain},
    why::why,
};

pub use crate::draw::Level;

/// What is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Request {
    /// Judge every contract.
    Check {
        /// The file of contracts; the nearest `archlint.toml`, if none is given.
        config: Option<PathBuf>,
        /// How the report is written.
        format: ReportFormat,
        /// Print the contracts of the preset first.
        explain: bool,
    },
    /// Draw the graph.
    Graph {
        /// The file of contracts; the nearest one, if there is any.
        config: Option<PathBuf>,
        /// The language of the picture.
        format: GraphFormat,
        /// Crates or modules.
        level: Level,
        /// Only what imports or is imported by this module.
        focus: Option<String>,
        /// Without numbers, imports of tests, and arrows that follow from others: a picture that changes with
        /// the architecture only.
        outline: bool,
    },
    /// Show the shortest chains between two modules.
    Why {
        /// The file of contracts; the nearest one, if there is any.
        config: Option<PathBuf>,
        /// The importing module.
        from: String,
        /// The imported module or foreign path.
        to: String,
    },
    /// Write a first file of contracts, which hold today.
    Init {
        /// Where to; `archlint.toml` here, if nothing is given.
        config: Option<PathBuf>,
        /// Print it instead.
        print: bool,
    },
    /// Accept the violations of today, or take out those that are gone.
    Baseline {
        /// The file of contracts; the nearest `archlint.toml`, if none is given.
        config: Option<PathBuf>,
    },
}

/// The language of a picture.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum GraphFormat {
    /// Graphviz.
    Dot,
    /// Mermaid.
    #[default]
    Mermaid,
    /// A picture.
    Svg,
    /// Nodes and edges, every one of them.
    Json,
}

/// What came out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Answer {
    /// For standard output.
    pub output: String,
    /// For standard error.
    pub errors: String,
    /// 0 kept or done, 1 broken or not found, 2 could not judge.
    pub code: u8,
}

/// Does what is asked for, in the present folder.
#[must_use]
pub fn run(request: &Request) -> Answer {
    run_in(request, Path::new("."))
}

/// Does what is asked for, as if in another folder.
#[must_use]
pub fn run_in(request: &Request, folder: &Path) -> Answer {
    let answer = match request {
        Request::Check { config, format, explain } => judge(config.as_deref(), *format, *explain, folder),
        Request::Graph { config, format, level, focus, outline } => graph(config.as_deref(), folder)
            .and_then(|(graph, config)| {
                let picture = Picture::new(&graph, config.as_ref(), *level, focus.as_deref())?;
                let picture = if *outline { picture.outline() } else { picture };
                Ok(said(drawn(&graph, &picture, *format), true))
            }),
        Request::Why { config, from, to } => explain(config.as_deref(), from, to, folder),
        Request::Init { config, print } => start(config.as_deref(), *print, folder),
        Request::Baseline { config } => accept(config.as_deref(), folder),
    };
    answer.unwrap_or_else(|error| Answer {
        output: String::new(),
        errors: format!("could not judge:\n{error}\n"),
        code: 2,
    })
}

fn said(output: String, kept: bool) -> Answer {
    Answer { output, errors: String::new(), code: u8::from(!kept) }
}

fn judge(config: Option<&Path>, format: ReportFormat, explain: bool, folder: &Path) -> Result<Answer> {
    let file = project::config_file(config, folder)?;
    let report = check(&file)?;
    let preset = if explain { Config::read(&file)?.preset } else { None };
    let mut answer = said(report.write(format), report.is_kept());
    if !report.is_kept() && format != ReportFormat::Text {
        let broken: Vec<&str> = report.broken().collect();
        answer.errors = format!("broken: {}\nhint: the chains stand in the report\n", broken.join(", "));
    }
    if let Some(preset) = preset {
        answer.errors =
            format!("# The preset `hexagonal` stands for these contracts.\n\n{}", preset.explain());
    }
    Ok(answer)
}

/// The graph of a file of contracts, or of the workspace if there is none.
fn graph(config: Option<&Path>, folder: &Path) -> Result<(Graph, Option<Config>)> {
    let file = match project::config_file(config, folder) {
        Ok(file) => file,
        Err(error) if config.is_some() => return Err(error),
        Err(_) => {
            let manifest = project::upwards(folder, "Cargo.toml").ok_or_else(|| {
                Problem::new(
                    "neither archlint.toml nor Cargo.toml is here or above",
                    "name one with --config",
                )
            })?;
            return Ok((project::read_graph(&manifest, &[])?, None));
        }
    };
    let config = Config::read(&file)?;
    let graph = project::of_config(&config)?;
    Ok((graph, Some(config)))
}

fn drawn(graph: &Graph, picture: &Picture, format: GraphFormat) -> String {
    match format {
        GraphFormat::Dot => dot(picture),
        GraphFormat::Mermaid => mermaid(picture),
        GraphFormat::Svg => svg(picture),
        GraphFormat::Json => serde_json::to_string_pretty(graph).unwrap_or_default() + "\n",
    }
}

fn explain(config: Option<&Path>, from: &str, to: &str, folder: &Path) -> Result<Answer> {
    let (graph, _) = graph(config, folder)?;
    let answer = why(&graph, from, to)?;
    if answer.chains.is_empty() {
        return Ok(said(format!("{from} does not reach {to}.\n"), false));
    }
    let mut text: Vec<String> = answer.chains.iter().map(chain).collect();
    if answer.more > 0 {
        text.push(format!("  … and {} more\n", answer.more));
    }
    Ok(said(text.join("\n"), true))
}

fn start(config: Option<&Path>, print: bool, folder: &Path) -> Result<Answer> {
    let file = folder.join(config.unwrap_or(Path::new(FILE)));
    let manifest = project::upwards(file.parent().unwrap_or(folder), "Cargo.toml").ok_or_else(|| {
        Problem::new("no Cargo.toml is here or above", "run it in the folder of a workspace")
    })?;
    let text = propose(&project::read_graph(&manifest, &[])?);
    if print {
        return Ok(said(text, true));
    }
    let shown = file.to_string_lossy().into_owned();
    if file.exists() {
        let hint = "take it away first, or print the proposal instead";
        return Err(Problem::new("is there already", hint).in_file(shown).into());
    }
    fs::write(&file, text)
        .map_err(|error| Problem::new(format!("cannot be written: {error}"), "").in_file(&shown))?;
    Ok(said(format!("Wrote {shown}.\n"), true))
}

fn accept(config: Option<&Path>, folder: &Path) -> Result<Answer> {
    let file = project::config_file(config, folder)?;
    let change = baseline::update(&file)?;
    let mut text = format!("{}: {} accepted, {} gone.\n", change.file.display(), change.kept, change.gone);
    for refused in &change.refused {
        text += &format!("not accepted, for a baseline only shrinks: {refused}\n");
    }
    Ok(said(text, change.refused.is_empty()))
}

/// The verdict as a test wants it: nothing, or the text to fail with.
///
/// # Errors
/// A contract is broken, or none could be judged; the text says which and why.
pub fn verdict(config: &Path) -> std::result::Result<(), String> {
    match check(config) {
        Ok(report) if report.is_kept() => Ok(()),
        Ok(report) => Err(format!("\n{}", report.write(ReportFormat::Text))),
        Err(error) => Err(format!("could not judge:\n{error}")),
    }
}
