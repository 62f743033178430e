//! The file of accepted violations, which may only shrink.

use std::{
    cell::RefCell,
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use serde::Deserialize;

use crate::{
    Error, Problem, Result,
    check::judge_entry,
    config::{Config, Date},
    contract::Violation,
    project,
};

/// The usual name of the file.
const FILE: &str = "archlint-baseline.toml";

/// Contract, first and last module of a violation.
type Accepted = (String, String, String);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    #[serde(default)]
    accepted: Vec<Row>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    contract: String,
    from: String,
    to: String,
}

/// Violations that are accepted for now.
#[derive(Debug, Default)]
pub(crate) struct Baseline {
    shown: String,
    accepted: BTreeSet<Accepted>,
    met: RefCell<BTreeSet<Accepted>>,
}

/// What happened to the file.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Change {
    pub file: PathBuf,
    pub kept: usize,
    pub gone: usize,
    /// Violations that it does not accept; none when it is written for the first time.
    pub refused: Vec<String>,
}

impl Baseline {
    /// The baseline that belongs to a file of contracts.
    pub(crate) fn of(config: &Config) -> Result<Self> {
        let file = place(config);
        if !file.exists() && config.settings.baseline.is_none() {
            return Ok(Self::default());
        }
        Self::read(&file)
    }

    fn read(file: &Path) -> Result<Self> {
        let shown = file.to_string_lossy().replace('\\', "/");
        let wrong = |what: String| {
            Error::from(Problem::new(what, "`baseline` writes it; do not edit it by hand").in_file(&shown))
        };
        let text = fs::read_to_string(file).map_err(|error| wrong(format!("cannot be read: {error}")))?;
        let document: Document = toml::from_str(&text).map_err(|error| wrong(error.message().to_owned()))?;
        let accepted = document.accepted.into_iter().map(|row| (row.contract, row.from, row.to)).collect();
        Ok(Self { shown, accepted, met: RefCell::default() })
    }

    /// Splits off the violations that are accepted; returns their number and the others.
    pub(crate) fn sort(&self, contract: &str, violations: Vec<Violation>) -> (usize, Vec<Violation>) {
        let all = violations.len();
        let rest: Vec<Violation> = violations
            .into_iter()
            .filter(|violation| {
                let key = key(contract, violation);
                let accepted = self.accepted.contains(&key);
                if accepted {
                    self.met.borrow_mut().insert(key);
                }
                !accepted
            })
            .collect();
        (all - rest.len(), rest)
    }

    /// Entries that no violation met: the file must shrink.
    pub(crate) fn stale(&self) -> Vec<Problem> {
        let met = self.met.borrow();
        self.accepted
            .difference(&met)
            .map(|(contract, from, to)| {
                let what = format!("contract `{contract}` is no longer broken by {from} -> {to}");
                Problem::new(what, "run `baseline`, which takes it out").in_file(&self.shown)
            })
            .collect()
    }
}

fn key(contract: &str, violation: &Violation) -> Accepted {
    let (from, to) = violation.ends();
    (contract.to_owned(), from.to_owned(), to.to_owned())
}

fn place(config: &Config) -> PathBuf {
    config.folder.join(config.settings.baseline.as_deref().unwrap_or(Path::new(FILE)))
}

/// Writes the violations of today if there is no file yet; otherwise takes out those that are gone.
pub(crate) fn update(config: &Path) -> Result<Change> {
    let config = Config::read(config)?;
    let graph = project::of_config(&config)?;
    let mut now = BTreeSet::new();
    let mut problems = Vec::new();
    for entry in &config.contracts {
        match judge_entry(&config, &graph, entry, Date::today()) {
            Ok((violations, _)) => now.extend(violations.iter().map(|it| key(&entry.id, it))),
            Err(found) => problems.extend(found.into_iter().map(|it| it.in_file(&config.shown))),
        }
    }
    if !problems.is_empty() {
        return Err(Error::of(problems));
    }
    let file = place(&config);
    let (accepted, gone, refused) = if file.exists() {
        let before = Baseline::read(&file)?.accepted;
        let kept: BTreeSet<Accepted> = before.intersection(&now).cloned().collect();
        let refused = now
            .difference(&before)
            .map(|(contract, from, to)| format!("{contract}: {from} -> {to}"))
            .collect();
        let gone = before.len() - kept.len();
        (kept, gone, refused)
    } else {
        (now, 0, Vec::new())
    };
    fs::write(&file, written(&accepted)).map_err(|error| {
        Problem::new(format!("cannot be written: {error}"), "").in_file(file.to_string_lossy())
    })?;
    Ok(Change { file, kept: accepted.len(), gone, refused })
}

fn written(accepted: &BTreeSet<Accepted>) -> String {
    let mut text =
        "# Violations that are accepted for now. `underpin arch baseline` takes out what is gone; it adds nothing.\n"
            .to_owned();
    for (contract, from, to) in accepted {
        text += &format!("\n[[accepted]]\ncontract = {contract:?}\nfrom = {from:?}\nto = {to:?}\n");
    }
    text
}
