//! How revisions stand on each other, and the way from what is applied to where one wants to be.
//!
//! Callers see sets of revisions and paths between them, nothing of a line; a graph with branches can take its
//! place.

mod destination;
mod moves;
mod range;

use std::collections::{BTreeMap, BTreeSet};

pub use self::destination::Destination;
use self::destination::{Anchor, Point};
pub use self::moves::{Move, Moves};
pub use self::range::Range;
use crate::error::Kind;
use crate::{MigrateError, Result, Revision, Revisions};

/// What to do about a history that is no line.
const ONE_LINE: &str =
    "let each revise the one before it, and one of them none; branches and merges come later";

/// The revisions of a source, in their order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Graph {
    /// From the base to the head.
    line: Vec<Revision>,
}

impl Graph {
    /// Orders the revisions.
    ///
    /// # Errors
    /// An identifier that two files claim, a parent that no file has, a cycle, a second base or head, a merge, and
    /// a dependency on anything but an earlier revision.
    pub fn new(revisions: Revisions) -> Result<Self> {
        let revisions = revisions.into_vec();
        check_identifiers(&revisions)?;
        check_parents(&revisions)?;
        let line = ordered(revisions)?;
        check_dependencies(&line)?;
        Ok(Self { line })
    }

    /// Every revision; a parent comes before what stands on it.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &Revision> + ExactSizeIterator {
        self.line.iter()
    }

    /// The revision of an identifier.
    #[must_use]
    pub fn revision(&self, id: &str) -> Option<&Revision> {
        self.line.iter().find(|revision| revision.id() == id)
    }

    /// The revisions that stand on none.
    pub fn bases(&self) -> impl Iterator<Item = &Revision> {
        self.line.first().into_iter()
    }

    /// The revisions on which none stands.
    pub fn heads(&self) -> impl Iterator<Item = &Revision> {
        self.line.last().into_iter()
    }

    /// The revisions that a destination names.
    ///
    /// # Errors
    /// A destination that is unknown.
    pub fn find(&self, target: &Destination, applied: &BTreeSet<&str>) -> Result<Vec<&Revision>> {
        match (&target.branch, &target.point) {
            (None, Point::At(Anchor::Head | Anchor::Heads)) => Ok(self.heads().collect()),
            (None, Point::At(Anchor::Base)) => Ok(Vec::new()),
            (None, Point::At(Anchor::Current)) => Ok(self.heads_of(applied)),
            (None, Point::At(Anchor::Name(id))) => {
                Ok(self.line.get(self.position(id)?).into_iter().collect())
            }
            _ => Err(wrong_way(target, "this", "branches come later")),
        }
    }

    /// The applied revisions on which no applied one stands or depends.
    #[must_use]
    pub fn heads_of(&self, applied: &BTreeSet<&str>) -> Vec<&Revision> {
        self.line.iter().rev().find(|revision| applied.contains(revision.id())).into_iter().collect()
    }

    /// What to apply so that an upgrade ends at `to`.
    ///
    /// # Errors
    /// A destination that is unknown, that lies below, or that is more steps away than there are revisions.
    pub fn upgrade(&self, applied: &BTreeSet<&str>, to: &Destination) -> Result<Moves<'_>> {
        let missing = || self.line.iter().filter(|revision| !applied.contains(revision.id()));
        let path: Vec<_> = match (&to.branch, &to.point) {
            (None, Point::At(Anchor::Head | Anchor::Heads)) => missing().collect(),
            (None, Point::At(Anchor::Name(id))) => {
                let end = self.position(id)?;
                self.line[..=end].iter().filter(|revision| !applied.contains(revision.id())).collect()
            }
            (None, Point::Relative(None, steps)) if *steps > 0 => {
                let steps = steps.unsigned_abs() as usize;
                check_steps(steps, missing().count(), "up", to)?;
                missing().take(steps).collect()
            }
            _ => return Err(wrong_way(to, "an upgrade", "use a downgrade")),
        };
        let mut after = applied.clone();
        after.extend(path.iter().map(|revision| revision.id()));
        Ok(self.moves(applied, path.into_iter().map(Move::Up).collect(), &after))
    }

    /// What to undo so that a downgrade ends at `to`.
    ///
    /// # Errors
    /// A destination that is unknown, that is not applied, or that is more steps away than there are applied
    /// revisions.
    pub fn downgrade(&self, applied: &BTreeSet<&str>, to: &Destination) -> Result<Moves<'_>> {
        let present = || self.line.iter().rev().filter(|revision| applied.contains(revision.id()));
        let path: Vec<_> = match (&to.branch, &to.point) {
            (None, Point::At(Anchor::Base)) => present().collect(),
            (None, Point::At(Anchor::Name(id))) => {
                let end = self.position(id)?;
                self.check_applied(end, applied, to)?;
                self.line[end + 1..].iter().rev().filter(|revision| applied.contains(revision.id())).collect()
            }
            (None, Point::At(Anchor::Head | Anchor::Heads)) => {
                self.line.len().checked_sub(1).map_or(Ok(()), |end| self.check_applied(end, applied, to))?;
                Vec::new()
            }
            (None, Point::Relative(None, steps)) if *steps < 0 => {
                let steps = steps.unsigned_abs() as usize;
                check_steps(steps, present().count(), "down", to)?;
                present().take(steps).collect()
            }
            _ => return Err(wrong_way(to, "a downgrade", "use an upgrade")),
        };
        let mut after = applied.clone();
        path.iter().for_each(|revision| {
            after.remove(revision.id());
        });
        Ok(self.moves(applied, path.into_iter().map(Move::Down).collect(), &after))
    }

    /// What to record as applied so that it is what `to` names.
    ///
    /// # Errors
    /// A destination that is unknown.
    pub fn stamp(&self, applied: &BTreeSet<&str>, to: &[Destination]) -> Result<Moves<'_>> {
        let mut end = 0;
        let mut target = None;
        for destination in to {
            if let Some(revision) = self.find(destination, applied)?.first() {
                target = Some(*revision);
                end = self.position(revision.id())? + 1;
            }
        }
        let is_applied = |revision: &&Revision| applied.contains(revision.id());
        let insert: Vec<_> = self.line[..end].iter().filter(|revision| !is_applied(revision)).collect();
        let remove: Vec<_> = self.line[end..]
            .iter()
            .rev()
            .filter(is_applied)
            .map(|revision| revision.id().to_owned())
            .collect();
        let after = self.line[..end].iter().map(Revision::id).collect();
        let is_nothing = insert.is_empty() && remove.is_empty();
        let record = (!is_nothing).then_some(Move::Record { to: target, insert, remove });
        Ok(self.moves(applied, record.into_iter().collect(), &after))
    }

    /// The revisions of a range, the newest first.
    ///
    /// # Errors
    /// A range of which an end is unknown.
    pub fn history(&self, range: &Range, applied: &BTreeSet<&str>) -> Result<Vec<&Revision>> {
        let end = |end: Option<&Destination>| -> Result<Option<usize>> {
            let Some(end) = end else { return Ok(None) };
            self.find(end, applied)?.first().map(|revision| self.position(revision.id())).transpose()
        };
        let (from, to) = (end(range.from())?.unwrap_or(0), end(range.to())?);
        let to = to.map_or(self.line.len(), |to| to + 1);
        Ok(self.line.get(from..to).unwrap_or_default().iter().rev().collect())
    }

    /// The moves of an upgrade from one end of a range to the other, whatever is applied.
    ///
    /// # Errors
    /// Those of [`Graph::upgrade`].
    pub fn offline_upgrade(&self, range: &Range) -> Result<Moves<'_>> {
        self.upgrade(&self.below(range.from())?, range.to().unwrap_or(&Destination::head()))
    }

    /// The moves of a downgrade from one end of a range to the other, whatever is applied.
    ///
    /// # Errors
    /// Those of [`Graph::downgrade`].
    pub fn offline_downgrade(&self, range: &Range) -> Result<Moves<'_>> {
        self.downgrade(&self.below(range.from())?, range.to().unwrap_or(&Destination::base()))
    }

    fn below(&self, from: Option<&Destination>) -> Result<BTreeSet<&str>> {
        let Some(from) = from else { return Ok(BTreeSet::new()) };
        let found = self.find(from, &BTreeSet::new())?;
        let end = found.first().map(|revision| self.position(revision.id())).transpose()?;
        Ok(self.line[..end.map_or(0, |end| end + 1)].iter().map(Revision::id).collect())
    }

    fn moves<'g>(
        &'g self,
        before: &BTreeSet<&str>,
        steps: Vec<Move<'g>>,
        after: &BTreeSet<&str>,
    ) -> Moves<'g> {
        let ids = |applied| self.heads_of(applied).into_iter().map(Revision::id).collect();
        Moves { steps, heads_before: ids(before), heads_after: ids(after) }
    }

    fn position(&self, id: &str) -> Result<usize> {
        self.line.iter().position(|revision| revision.id() == id).ok_or_else(|| {
            let hint = match (self.line.first(), self.line.last()) {
                (Some(base), Some(head)) => {
                    format!(
                        "the revisions go from {} to {}; check the identifier and the directory",
                        base.id(),
                        head.id()
                    )
                }
                _ => "there are no revisions; check the directory".to_owned(),
            };
            MigrateError::new(Kind::Destination, format!("there is no revision `{id}`"), hint)
        })
    }

    fn check_applied(
        &self,
        position: usize,
        applied: &BTreeSet<&str>,
        destination: &Destination,
    ) -> Result<()> {
        match self.line.get(position) {
            Some(revision) if !applied.contains(revision.id()) => {
                Err(wrong_way(destination, "a downgrade", "it is not applied; use an upgrade"))
            }
            _ => Ok(()),
        }
    }
}

fn check_steps(steps: usize, there: usize, way: &str, destination: &Destination) -> Result<()> {
    if steps <= there {
        return Ok(());
    }
    Err(MigrateError::new(
        Kind::Destination,
        format!("{destination} is too far: {there} can be taken {way} from what is applied"),
        "take fewer steps, or go to head or base",
    ))
}

fn wrong_way(destination: &Destination, what: &str, hint: &str) -> MigrateError {
    MigrateError::new(Kind::Destination, format!("{what} cannot end at {destination}"), hint)
}

fn check_identifiers(revisions: &[Revision]) -> Result<()> {
    let mut files: BTreeMap<&str, &Revision> = BTreeMap::new();
    for revision in revisions {
        if let Some(first) = files.insert(revision.id(), revision) {
            let problem = format!("{} is the revision `{}` too", first.file(), revision.id());
            return Err(MigrateError::new(Kind::History, problem, "give one of them another identifier")
                .in_file(revision.file()));
        }
    }
    Ok(())
}

fn check_parents(revisions: &[Revision]) -> Result<()> {
    let known: BTreeSet<&str> = revisions.iter().map(Revision::id).collect();
    for revision in revisions {
        if let Some(missing) = revision.revises().iter().find(|parent| !known.contains(parent.as_str())) {
            let problem = format!("it revises `{missing}`, which no file is");
            let hint = "add the missing file, or name the parent that it really has";
            return Err(MigrateError::new(Kind::History, problem, hint).in_file(revision.file()));
        }
        if let [_, _, ..] = revision.revises() {
            let problem = format!("it revises {} revisions", revision.revises().len());
            return Err(MigrateError::new(Kind::History, problem, ONE_LINE).in_file(revision.file()));
        }
    }
    Ok(())
}

/// Follows the line from its base; what is not on it is a second base, a second head, or a cycle.
fn ordered(revisions: Vec<Revision>) -> Result<Vec<Revision>> {
    let mut children: BTreeMap<Option<String>, Vec<Revision>> = BTreeMap::new();
    for revision in revisions {
        children.entry(revision.revises().first().cloned()).or_default().push(revision);
    }
    let mut line: Vec<Revision> = Vec::new();
    while let Some(mut next) = children.remove(&line.last().map(|last| last.id().to_owned())) {
        if let [first, _, ..] = next.as_slice() {
            let what = first
                .revises()
                .first()
                .map_or_else(|| "have no parent".to_owned(), |id| format!("revise `{id}`"));
            return Err(MigrateError::new(Kind::History, format!("{} {what}", files(&next)), ONE_LINE)
                .in_file(first.file()));
        }
        line.append(&mut next);
    }
    let mut rest: Vec<Revision> = children.into_values().flatten().collect();
    if rest.is_empty() {
        return Ok(line);
    }
    rest.sort_by(|a, b| a.file().cmp(b.file()));
    let problem =
        format!("{} cannot be reached from a base: they revise each other in a cycle", files(&rest));
    let first = rest.first().map_or("", Revision::file).to_owned();
    Err(MigrateError::new(Kind::History, problem, ONE_LINE).in_file(&first))
}

fn check_dependencies(line: &[Revision]) -> Result<()> {
    let mut earlier: BTreeSet<&str> = BTreeSet::new();
    for revision in line {
        if let Some(other) = revision.depends_on().iter().find(|id| !earlier.contains(id.as_str())) {
            let problem = format!("it depends on `{other}`, which is no earlier revision of its line");
            return Err(MigrateError::new(Kind::History, problem, ONE_LINE).in_file(revision.file()));
        }
        earlier.insert(revision.id());
        earlier.extend(revision.branch_labels().iter().map(String::as_str));
    }
    Ok(())
}

fn files(revisions: &[Revision]) -> String {
    let names: Vec<_> = revisions.iter().map(Revision::file).collect();
    names.join(" and ")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The history of `(identifier, further lines of the header)`; the file of `a` is `a.sql`.
    fn history(revisions: &[(&str, &str)]) -> Result<Graph> {
        let text =
            |id: &str, header: &str| format!("-- Do {id}\n--\n-- revision: {id}\n{header}\n\n-- +upgrade\n");
        let files: Vec<_> =
            revisions.iter().map(|(id, header)| (format!("{id}.sql"), text(id, header))).collect();
        let files: Vec<_> = files.iter().map(|(file, text)| (file.as_str(), text.as_str())).collect();
        Graph::new(Revisions::embedded(&files)?)
    }

    /// `c` stands on `a`, `a` on `b`.
    fn line() -> Graph {
        history(&[("a", "-- revises: b"), ("b", "-- revises: none"), ("c", "-- revises: a")]).unwrap()
    }

    fn ids(revisions: &[&Revision]) -> Vec<String> {
        revisions.iter().map(|revision| revision.id().to_owned()).collect()
    }

    fn walked(moves: &Moves<'_>) -> Vec<String> {
        let id = |step: &Move<'_>| match step {
            Move::Up(revision) | Move::Down(revision) => revision.id().to_owned(),
            Move::Record { .. } => unreachable!(),
        };
        moves.steps().iter().map(id).collect()
    }

    fn up(applied: &[&str], destination: &str) -> Result<Vec<String>> {
        let applied = applied.iter().copied().collect();
        line().upgrade(&applied, &destination.parse()?).map(|moves| walked(&moves))
    }

    fn down(applied: &[&str], destination: &str) -> Result<Vec<String>> {
        let applied = applied.iter().copied().collect();
        line().downgrade(&applied, &destination.parse()?).map(|moves| walked(&moves))
    }

    #[test]
    fn parents_come_first_whatever_the_files_are_called() {
        let line = line();
        assert_eq!(ids(&line.iter().collect::<Vec<_>>()), ["b", "a", "c"]);
        assert_eq!(ids(&line.bases().collect::<Vec<_>>()), ["b"]);
        assert_eq!(ids(&line.heads().collect::<Vec<_>>()), ["c"]);
        assert_eq!(line.revision("a").map(Revision::file), Some("a.sql"));
        assert_eq!(line.revision("d"), None);
    }

    #[test]
    fn no_revisions_are_a_history_too() {
        let empty = history(&[]).unwrap();
        assert!(empty.upgrade(&BTreeSet::new(), &Destination::head()).unwrap().is_empty());
        assert!(empty.downgrade(&BTreeSet::new(), &Destination::base()).unwrap().is_empty());
        assert!(empty.downgrade(&BTreeSet::new(), &Destination::head()).unwrap().is_empty());
    }

    #[test]
    fn an_upgrade_takes_what_is_missing() {
        assert_eq!(up(&[], "head").unwrap(), ["b", "a", "c"]);
        assert_eq!(up(&["b"], "head").unwrap(), ["a", "c"]);
        assert_eq!(up(&[], "a").unwrap(), ["b", "a"]);
        assert_eq!(up(&["b", "a"], "b").unwrap(), [""; 0]);
        assert_eq!(up(&["b"], "+1").unwrap(), ["a"]);
        assert_eq!(up(&["b"], "+2").unwrap(), ["a", "c"]);
    }

    #[test]
    fn a_downgrade_undoes_the_last_first() {
        assert_eq!(down(&["a", "b", "c"], "base").unwrap(), ["c", "a", "b"]);
        assert_eq!(down(&["a", "b"], "base").unwrap(), ["a", "b"]);
        assert_eq!(down(&["a", "b", "c"], "b").unwrap(), ["c", "a"]);
        assert_eq!(down(&["a", "b", "c"], "c").unwrap(), [""; 0]);
        assert_eq!(down(&["a", "b", "c"], "head").unwrap(), [""; 0]);
        assert_eq!(down(&["a", "b"], "-1").unwrap(), ["a"]);
    }

    #[test]
    fn a_destination_that_cannot_be_reached_is_refused() {
        let refusals = [
            up(&["b"], "+3"),
            up(&["b"], "-1"),
            up(&["b"], "base"),
            up(&["b"], "d"),
            down(&["b"], "-2"),
            down(&["b"], "+1"),
            down(&["b"], "a"),
            down(&["b"], "head"),
            down(&["b"], "d"),
        ];
        for refusal in refusals {
            assert!(refusal.unwrap_err().is_destination());
        }
        assert_eq!(
            up(&["b"], "+3").unwrap_err().problem(),
            "+3 is too far: 2 can be taken up from what is applied"
        );
    }

    #[test]
    fn what_is_no_line_is_refused_by_the_names_of_its_files() {
        let root = ("a", "-- revises: none");
        let cases: [(&[(&str, &str)], &str); 8] = [
            (&[root, ("b", "-- revises: none")], "a.sql: a.sql and b.sql have no parent"),
            (&[root, ("b", "-- revises: a"), ("c", "-- revises: a")], "b.sql: b.sql and c.sql revise `a`"),
            (&[root, ("b", "-- revises: x")], "b.sql: it revises `x`, which no file is"),
            (
                &[root, ("b", "-- revises: c"), ("c", "-- revises: b")],
                "b.sql: b.sql and c.sql cannot be reached from a base: they revise each other in a cycle",
            ),
            (
                &[("a", "-- revises: a")],
                "a.sql: a.sql cannot be reached from a base: they revise each other in a cycle",
            ),
            (&[root, ("b", "-- revises: a"), ("c", "-- revises: a, b")], "c.sql: it revises 2 revisions"),
            (
                &[("a", "-- revises: none\n-- depends_on: b"), ("b", "-- revises: a")],
                "a.sql: it depends on `b`, which is no earlier revision of its line",
            ),
            (
                &[root, ("b", "-- revises: a\n-- depends_on: x")],
                "b.sql: it depends on `x`, which is no earlier revision of its line",
            ),
        ];
        for (revisions, expected) in cases {
            let error = history(revisions).unwrap_err();
            assert!(error.is_history() && error.to_string().starts_with(&format!("{expected}; ")), "{error}");
        }
        let branches = history(&[root, ("b", "-- revises: a"), ("c", "-- revises: a")]).unwrap_err();
        assert!(branches.hint().contains("branches and merges come later"), "{branches}");
    }

    #[test]
    fn an_identifier_belongs_to_one_file() {
        let text = "-- Do it\n--\n-- revision: a\n-- revises: none\n\n-- +upgrade\n";
        let revisions = Revisions::embedded(&[("2.sql", text), ("1.sql", text)]).unwrap();
        let error = Graph::new(revisions).unwrap_err();
        assert_eq!(
            error.to_string(),
            "2.sql: 1.sql is the revision `a` too; give one of them another identifier"
        );
    }

    #[test]
    fn a_dependency_on_an_earlier_revision_or_its_label_is_satisfied() {
        let labelled = ("a", "-- revises: none\n-- branch_labels: accounts");
        assert!(history(&[labelled, ("b", "-- revises: a\n-- depends_on: a, accounts")]).is_ok());
    }
}
