//! From the names of a destination to revisions.

use super::destination::{Anchor, Destination};
use super::edges::Along;
use super::members::Members;
use super::view::View;
use crate::error::Kind;
use crate::{MigrateError, Result};

/// A place from which one can walk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Spot {
    /// Below the bases.
    Base,
    At(usize),
}

/// What stands before the `@`.
pub(super) struct Branch {
    pub(super) name: String,
    pub(super) at: usize,
    /// All below and above it, by what they revise.
    pub(super) lineage: Members,
}

pub(super) fn refused(problem: String, hint: impl Into<String>) -> MigrateError {
    MigrateError::new(Kind::Destination, problem, hint)
}

impl View<'_> {
    pub(super) fn branch(&self, destination: &Destination) -> Result<Option<Branch>> {
        let Some(name) = &destination.branch else { return Ok(None) };
        let at = self.named(name, None)?;
        Ok(Some(Branch { name: name.clone(), at, lineage: self.edges.lineage(at, Along::Revises) }))
    }

    /// The revisions at an anchor; none for `base`.
    pub(super) fn anchored(&self, anchor: &Anchor, branch: Option<&Branch>) -> Result<Vec<usize>> {
        let in_branch = |at: &usize| branch.is_none_or(|branch| branch.lineage.contains(*at));
        Ok(match anchor {
            Anchor::Head => {
                let heads: Vec<_> = self.edges.heads(Along::Revises).into_iter().filter(in_branch).collect();
                if heads.len() > 1 {
                    return Err(self.several_heads(&heads, branch));
                }
                heads
            }
            Anchor::Heads if branch.is_some() => {
                self.edges.heads(Along::Revises).into_iter().filter(in_branch).collect()
            }
            Anchor::Heads => self.edges.heads(Along::All),
            Anchor::Base => Vec::new(),
            Anchor::Current => self.rows().into_iter().filter(in_branch).collect(),
            Anchor::Name(name) => vec![self.named(name, branch)?],
        })
    }

    /// The one place at an anchor.
    pub(super) fn spot(&self, anchor: &Anchor, branch: Option<&Branch>) -> Result<Spot> {
        let found = self.anchored(anchor, branch)?;
        match found.as_slice() {
            [] => Ok(Spot::Base),
            [at] => Ok(Spot::At(*at)),
            _ => Err(refused(
                format!("`{anchor}` names several revisions here: {}", self.listed(&found)),
                "name one of them, or a branch as in label@head",
            )),
        }
    }

    /// The revision of an identifier, of a label, or of the beginning of one.
    pub(super) fn named(&self, name: &str, branch: Option<&Branch>) -> Result<usize> {
        let names = &self.graph.names;
        let stands = |at: &usize| self.edges.standing.contains(*at);
        let exact = names.id(name).map_or_else(|| names.label(name).to_vec(), |at| vec![at]);
        let found = if exact.is_empty() { names.starting_with(name) } else { exact };
        let standing: Vec<usize> = found.iter().copied().filter(stands).collect();
        let in_branch = |at: &usize| branch.is_none_or(|branch| branch.lineage.contains(*at));
        let members: Vec<usize> = standing.iter().copied().filter(in_branch).collect();
        match (members.as_slice(), standing.as_slice(), found.as_slice(), branch) {
            ([one], ..) => Ok(*one),
            ([_, _, ..], ..) => Err(refused(
                format!("`{name}` is the beginning of several: {}", self.listed(&members)),
                "write more of the one that is meant",
            )),
            ([], [one, ..], _, Some(branch)) => Err(refused(
                format!("{} does not belong to the branch `{}`", self.listed(&[*one]), branch.name),
                format!("leave out `{}@`, or name a revision of that branch", branch.name),
            )),
            ([], [], [one, ..], _) => Err(self.not_standing(*one)),
            _ => Err(self.unknown(name)),
        }
    }

    fn unknown(&self, name: &str) -> MigrateError {
        if let Some(at) = self.graph.names.gone(name) {
            return self.replaced(name, at);
        }
        let heads = self.edges.heads(Along::Revises);
        let hint = if heads.is_empty() {
            "there are no revisions at all; check the directory".to_owned()
        } else {
            let (noun, verb) = if heads.len() == 1 { ("head", "is") } else { ("heads", "are") };
            format!("check the name and the directory, whose {noun} {verb} {}", self.listed(&heads))
        };
        refused(format!("there is no revision or branch `{name}`"), hint)
    }

    fn not_standing(&self, at: usize) -> MigrateError {
        if let Some(outer) = self.graph.squashes.standing_outer(at, &self.edges.standing) {
            return self.replaced(self.revision(at).id(), outer);
        }
        refused(
            format!("{} replaces revisions of which only some are applied", self.listed(&[at])),
            "upgrade to head first; then it takes their place",
        )
    }

    fn replaced(&self, id: &str, by: usize) -> MigrateError {
        refused(
            format!("`{id}` is replaced by {}", self.listed(&[by])),
            format!("name `{}` instead", self.revision(by).id()),
        )
    }

    fn several_heads(&self, heads: &[usize], branch: Option<&Branch>) -> MigrateError {
        let (head, heads_of, hint) = match branch {
            None => (
                "head".to_owned(),
                "".to_owned(),
                "write `heads` for all of them, or `label@head` for one; `underpin merge` brings them together"
                    .to_owned(),
            ),
            Some(branch) => (
                format!("{}@head", branch.name),
                format!(" in the branch `{}`", branch.name),
                format!("write `{}@heads` for all of them, or name one", branch.name),
            ),
        };
        refused(
            format!("`{head}` is ambiguous: there are several heads{heads_of}, {}", self.listed(heads)),
            hint,
        )
    }
}
