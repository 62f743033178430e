//! One case of the tables: what is written, and what the graph answers.
//!
//! ```text
//! graph: a b<a c<b
//! an upgrade takes what is missing : a | upgrade head | +b +c | c
//! ```
//!
//! The name, the rows before (`-` for none; `only x y` if that is all that is recorded), the command, the answer, and
//! the rows after if they are not the same. Steps are `+` up, `-` down and `=` recorded. `! text` is an error that has
//! this text in it. `refused: graph ! text` is a graph that is none.

use std::collections::BTreeSet;

use underpin_migrate::{Destination, Graph, Move, Moves, Result, Revision};

use crate::notation::{Node, closed, graph, nodes};

/// A case, and where it stands.
pub(crate) struct Case {
    pub(crate) file: &'static str,
    pub(crate) line: usize,
    pub(crate) name: String,
    graph: String,
    rows: String,
    command: String,
    answer: String,
}

/// Reads the cases of a file.
pub(crate) fn cases(file: &'static str, text: &str) -> Vec<Case> {
    let mut graph = String::new();
    let mut cases = Vec::new();
    for (index, line) in
        text.lines().enumerate().filter(|(_, line)| !line.is_empty() && !line.starts_with('#'))
    {
        let line_number = index + 1;
        let bad = format!("{file}:{line_number}: this is no case: {line}");
        if let Some(notation) = line.strip_prefix("graph:") {
            notation.trim().clone_into(&mut graph);
            continue;
        }
        let (name, rest) = line.split_once(" : ").expect(&bad);
        let parts: Vec<&str> = rest.split(" | ").map(str::trim).collect();
        let of = |graph: &str, rows: &str, command: &str, answer: String| Case {
            file,
            line: line_number,
            name: name.trim().to_owned(),
            graph: graph.to_owned(),
            rows: rows.to_owned(),
            command: command.to_owned(),
            answer,
        };
        cases.push(match parts.as_slice() {
            [rows, command, answer] => of(&graph, rows, command, (*answer).to_owned()),
            [rows, command, steps, after] => of(&graph, rows, command, format!("{steps} | {after}")),
            [refused] => {
                let (graph, error) = refused.split_once(" ! ").expect(&bad);
                of(graph.strip_prefix("refused:").expect(&bad), "-", "", format!("! {error}"))
            }
            _ => panic!("{bad}"),
        });
    }
    cases
}

impl Case {
    /// What is wrong, if something is.
    pub(crate) fn failure(&self) -> Option<String> {
        let nodes = nodes(&self.graph);
        let found = self.run(&nodes).unwrap_or_else(|error| format!("! {error}"));
        let is_right = match self.answer.strip_prefix("! ") {
            Some(text) => found.starts_with("! ") && found.contains(text),
            None => found == self.answer,
        };
        let Self { file, line, name, .. } = self;
        (!is_right).then(|| format!("{file}:{line}: {name}\n  expected {}\n  found    {found}", self.answer))
    }

    fn run(&self, nodes: &[Node]) -> Result<String> {
        let graph = graph(nodes)?;
        let rows: Vec<&str> = self.rows.split_whitespace().filter(|row| *row != "-").collect();
        let applied = match rows.as_slice() {
            ["only", recorded @ ..] => recorded.iter().copied().collect(),
            rows => closed(nodes, rows),
        };
        let (verb, arguments) = self.command.split_once(' ').unwrap_or((&self.command, ""));
        match verb {
            "" => Ok("a graph".to_owned()),
            "upgrade" => moves(&graph.upgrade(&applied, &arguments.parse()?)?, &rows),
            "downgrade" => moves(&graph.downgrade(&applied, &arguments.parse()?)?, &rows),
            "stamp" => {
                let to = arguments.split(' ').map(str::parse).collect::<Result<Vec<Destination>>>()?;
                moves(&graph.stamp(&applied, &to)?, &rows)
            }
            "offline-upgrade" => moves(&graph.offline_upgrade(&arguments.parse()?)?, &[]),
            "offline-downgrade" => moves(&graph.offline_downgrade(&arguments.parse()?)?, &[]),
            "history" => Ok(ids(graph.history(&arguments.parse()?, &applied)?)),
            "show" => Ok(ids(graph.find(&arguments.parse()?, &applied)?)),
            "current" => Ok(ids(graph.heads_of(&applied))),
            _ => Ok(self.fact(&graph, verb, arguments)),
        }
    }

    fn fact(&self, graph: &Graph, verb: &str, id: &str) -> String {
        match verb {
            "order" => ids(graph.iter().collect()),
            "bases" => ids(graph.bases().collect()),
            "heads" => ids(graph.heads().collect()),
            "real-heads" => ids(graph.real_heads().collect()),
            "branches" => ids(graph.branch_points().collect()),
            "children" => ids(graph.children(id).collect()),
            "labels" => words(graph.labels(id).iter().map(String::as_str)),
            "is" => {
                let facts = [
                    (graph.is_head(id), "head"),
                    (graph.is_branch_point(id), "branch-point"),
                    (graph.is_merge_point(id), "merge-point"),
                ];
                words(facts.into_iter().filter(|(is, _)| *is).map(|(_, fact)| fact))
            }
            "replaced-by" => ids(graph.replaced_by(id).into_iter().collect()),
            _ => panic!("{}:{}: there is no command {verb}", self.file, self.line),
        }
    }
}

/// The steps, and the rows after them; the rows before are checked if they are known.
fn moves(moves: &Moves<'_>, rows: &[&str]) -> Result<String> {
    let steps = moves.steps().iter().map(|step| match step {
        Move::Up(revision) => format!("+{}", revision.id()),
        Move::Down(revision) => format!("-{}", revision.id()),
        Move::Record { to, .. } => format!("={}", to.map_or("base", Revision::id)),
        _ => panic!("a new kind of move: {step}"),
    });
    let steps = words(steps.collect::<Vec<_>>().iter().map(String::as_str));
    if rows.first() != Some(&"only") && !rows.is_empty() {
        let before: BTreeSet<&str> = rows.iter().copied().collect();
        assert!(moves.heads_before().iter().all(|head| before.contains(head)), "{:?}", moves.heads_before());
        assert_eq!(moves.heads_before().len(), before.len(), "rows of a case are heads: {rows:?}");
    }
    Ok(format!("{steps} | {}", words(moves.heads_after().iter().copied())))
}

fn ids(revisions: Vec<&Revision>) -> String {
    words(revisions.into_iter().map(Revision::id))
}

/// `-` if there are none.
fn words<'w>(words: impl Iterator<Item = &'w str>) -> String {
    let words: Vec<_> = words.collect();
    if words.is_empty() { "-".to_owned() } else { words.join(" ") }
}
