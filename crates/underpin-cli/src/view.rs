//! How a revision is shown: in a line, in a block, as JSON.

use std::collections::BTreeMap;
use std::time::Duration;

use serde_json::{Value, json};
use underpin::migrate::{Applied, AppliedState, Graph, Revision};

use crate::output::Paint;
use crate::taken::taken;

/// Revisions, with what is known about them beside their files.
pub(crate) struct View<'a> {
    graph: &'a Graph,
    /// The journal, if the database was asked.
    applied: Option<BTreeMap<&'a str, &'a Applied>>,
    current: Vec<&'a str>,
}

impl<'a> View<'a> {
    /// Without a database.
    pub(crate) fn of_files(graph: &'a Graph) -> Self {
        Self { graph, applied: None, current: Vec::new() }
    }

    /// With what is applied to a database.
    pub(crate) fn of_database(graph: &'a Graph, rows: &'a [Applied]) -> Self {
        let applied: BTreeMap<&str, &Applied> = rows.iter().map(|row| (row.revision.as_str(), row)).collect();
        let current = graph.heads_of(&applied.keys().copied().collect());
        Self { graph, current: current.into_iter().map(Revision::id).collect(), applied: Some(applied) }
    }

    /// `o` for what is not applied, if the database was asked.
    pub(crate) fn dot(&self, revision: &Revision) -> &'static str {
        if self.applied.is_some() && self.row(revision).is_none() { "o" } else { "*" }
    }

    /// The row of the journal.
    pub(crate) fn row(&self, revision: &Revision) -> Option<&'a Applied> {
        self.applied.as_ref()?.get(revision.id()).copied()
    }

    /// What a revision is in the graph and in the database.
    pub(crate) fn marks(&self, revision: &Revision) -> Vec<&'static str> {
        let id = revision.id();
        let is_base = revision.revises().is_empty();
        let is_current = self.current.contains(&id);
        [
            (is_current, "current"),
            (self.graph.is_head(id), "head"),
            (is_base, "base"),
            (self.graph.is_branch_point(id), "branch point"),
            (self.graph.is_merge_point(id), "merge"),
            (!revision.replaces().is_empty(), "squash"),
        ]
        .into_iter()
        .filter_map(|(holds, mark)| holds.then_some(mark))
        .collect()
    }

    /// `(current, head) (accounts)`
    pub(crate) fn notes(&self, revision: &Revision, paint: Paint) -> (String, String) {
        let (mut plain, mut painted) = (Vec::new(), Vec::new());
        let marks = self.marks(revision).join(", ");
        if !marks.is_empty() {
            plain.push(format!("({marks})"));
            painted.push(paint.green(&format!("({marks})")));
        }
        if !revision.branch_labels().is_empty() {
            let labels = format!("[{}]", revision.branch_labels().join(", "));
            painted.push(paint.cyan(&labels));
            plain.push(labels);
        }
        (plain.join(" "), painted.join(" "))
    }

    /// The facts of a revision, one a line.
    pub(crate) fn block(&self, revision: &Revision, paint: Paint) -> Vec<String> {
        let (_, notes) = self.notes(revision, paint);
        let mut lines = vec![format!("{} {notes}", paint.yellow(revision.id())).trim_end().to_owned()];
        let labels: Vec<&str> = self.graph.labels(revision.id()).iter().map(String::as_str).collect();
        let created = revision.created().map(|created| created.to_string()).unwrap_or_default();
        let parents = match revision.revises() {
            [] => "none".to_owned(),
            parents => parents.join(", "),
        };
        let facts = [
            ("message", revision.message().to_owned()),
            ("file", revision.file().to_owned()),
            ("revises", parents),
            ("depends on", revision.depends_on().join(", ")),
            ("replaces", revision.replaces().join(", ")),
            ("old files", self.old_files(revision)),
            ("branches", labels.join(", ")),
            ("created", created),
            ("applied", self.row(revision).map(how_applied).unwrap_or_default()),
        ];
        for (name, fact) in facts.iter().filter(|(_, fact)| !fact.is_empty()) {
            lines.push(format!("  {} {fact}", paint.dim(&format!("{name:<11}"))));
        }
        lines
    }

    /// What to do with the files that a squash replaces, as long as they are there.
    fn old_files(&self, revision: &Revision) -> String {
        match revision.replaces().iter().any(|id| self.graph.revision(id).is_some()) {
            true => "stay until `underpin squash --status` says that every database has passed".to_owned(),
            false => String::new(),
        }
    }

    /// All of it.
    pub(crate) fn json(&self, revision: &Revision) -> Value {
        let id = revision.id();
        let mut object = json!({
            "revision": id,
            "message": revision.message(),
            "file": revision.file(),
            "revises": revision.revises(),
            "depends_on": revision.depends_on(),
            "replaces": revision.replaces(),
            "branch_labels": revision.branch_labels(),
            "branches": self.graph.labels(id),
            "created": revision.created().map(|created| created.to_string()),
            "is_base": revision.revises().is_empty(),
            "is_head": self.graph.is_head(id),
            "is_branch_point": self.graph.is_branch_point(id),
            "is_merge_point": self.graph.is_merge_point(id),
        });
        if self.applied.is_some() {
            let row = self.row(revision);
            object["is_current"] = json!(self.current.contains(&id));
            object["is_applied"] = json!(row.is_some());
            object["journal"] = row.map_or(Value::Null, journal);
        }
        object
    }
}

/// A row of the journal as JSON.
pub(crate) fn journal(row: &Applied) -> Value {
    json!({
        "state": row.state.to_string(),
        "started_at": row.started_at,
        "finished_at": row.finished_at,
        "duration_ms": row.duration_ms,
        "tool_version": row.tool_version,
        "applied_by": row.applied_by,
        "checksum": row.checksum,
        "statements_done": row.statements_done,
        "statements_total": row.statements_total,
    })
}

/// `2026-11-20 10:00:00 by ana in 12 ms`
pub(crate) fn how_applied(row: &Applied) -> String {
    let by = row.applied_by.as_deref().map_or_else(String::new, |who| format!(" by {who}"));
    match (&row.finished_at, row.duration_ms) {
        _ if row.state == AppliedState::Stamped => format!("stamped {}{by}, nothing was run", row.started_at),
        (Some(finished), Some(took)) => format!("{finished}{by} in {}", taken(Duration::from_millis(took))),
        (Some(finished), None) => format!("{finished}{by}"),
        (None, _) => format!("begun {}{by}, not finished", row.started_at),
    }
}
