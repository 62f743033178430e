//! Graphs in few words: `a b<a c1<b#left c2<b~x m<c1,c2 s=a,b`.
//!
//! A word is a revision: `<` what it revises, `~` what it depends on, `#` its labels, `=` what it replaces. Its file is
//! `ID.sql`, unless a name of a file stands before a `/`.

use std::collections::BTreeSet;

use underpin_migrate::{Graph, Result, Revisions};

/// One word.
#[derive(Debug, Clone, Default)]
pub(crate) struct Node {
    pub(crate) file: String,
    pub(crate) id: String,
    pub(crate) revises: Vec<String>,
    pub(crate) depends_on: Vec<String>,
    pub(crate) labels: Vec<String>,
    pub(crate) replaces: Vec<String>,
}

impl Node {
    fn new(word: &str) -> Self {
        let (file, word) = word.split_once('/').unwrap_or(("", word));
        let end = word.find(['<', '~', '#', '=']).unwrap_or(word.len());
        let (id, mut rest) = word.split_at(end);
        let mut node = Self { id: id.to_owned(), ..Self::default() };
        node.file = if file.is_empty() { format!("{id}.sql") } else { format!("{file}.sql") };
        while let Some(sign) = rest.chars().next() {
            let end = rest[1..].find(['<', '~', '#', '=']).map_or(rest.len(), |end| end + 1);
            let names = rest[1..end].split(',').map(str::to_owned).collect();
            match sign {
                '<' => node.revises = names,
                '~' => node.depends_on = names,
                '#' => node.labels = names,
                _ => node.replaces = names,
            }
            rest = &rest[end..];
        }
        node
    }

    fn text(&self) -> String {
        let line = |key: &str, names: &[String]| match names {
            [] => String::new(),
            names => format!("-- {key}: {}\n", names.join(", ")),
        };
        let revises = if self.revises.is_empty() { "none".to_owned() } else { self.revises.join(", ") };
        format!(
            "-- Make {}\n--\n-- revision: {}\n-- revises: {revises}\n{}{}{}\n-- +upgrade\n",
            self.id,
            self.id,
            line("depends_on", &self.depends_on),
            line("branch_labels", &self.labels),
            line("replaces", &self.replaces)
        )
    }
}

pub(crate) fn nodes(notation: &str) -> Vec<Node> {
    notation.split_whitespace().map(Node::new).collect()
}

pub(crate) fn graph(nodes: &[Node]) -> Result<Graph> {
    let files: Vec<_> = nodes.iter().map(|node| (node.file.clone(), node.text())).collect();
    let files: Vec<_> = files.iter().map(|(file, text)| (file.as_str(), text.as_str())).collect();
    Graph::new(Revisions::embedded(&files)?)
}

/// Rows, and all on which they stand.
pub(crate) fn closed<'n>(nodes: &'n [Node], rows: &[&str]) -> BTreeSet<&'n str> {
    let named = |name: &str| {
        nodes.iter().find(|node| node.id == name || node.labels.iter().any(|label| label == name))
    };
    let mut closed = BTreeSet::new();
    let mut ahead: Vec<&Node> = rows.iter().filter_map(|row| named(row)).collect();
    while let Some(node) = ahead.pop() {
        if closed.insert(node.id.as_str()) {
            ahead.extend(node.revises.iter().chain(&node.depends_on).filter_map(|name| named(name)));
        }
    }
    closed
}
