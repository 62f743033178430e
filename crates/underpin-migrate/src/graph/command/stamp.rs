//! Recording that something is applied, without running it.

use std::collections::BTreeSet;

use super::refuse_current;
use crate::graph::destination::Point;
use crate::graph::edges::Along;
use crate::graph::members::Members;
use crate::graph::moves::{Move, Moves};
use crate::graph::resolve::Spot;
use crate::graph::view::View;
use crate::graph::{Destination, Graph};
use crate::{Result, Revision};

/// One place that is to be recorded.
enum Place {
    /// Nothing: of all, or of the lineage of one revision.
    Nothing(Option<usize>),
    At(usize),
}

impl Graph {
    /// What to record so that what is applied is what `to` names.
    ///
    /// A row is a revision on which nothing applied stands. Each destination takes the place of the rows that stand
    /// on it or on which it stands, dependencies included; other branches stay. `base` takes all rows away, and
    /// `label@base` those of that branch.
    ///
    /// # Errors
    /// A destination that is unknown or ambiguous; applied revisions that do not fit the graph.
    pub fn stamp(&self, applied: &BTreeSet<&str>, to: &[Destination]) -> Result<Moves<'_>> {
        let named = to.iter().filter_map(|to| self.names.id(to.plain_name()?));
        let squashes: Vec<_> = named.filter(|at| self.squashes.at(*at).is_some()).collect();
        let view = self.view_with(applied, &squashes)?;
        let mut places = Vec::new();
        for destination in to {
            refuse_current(destination)?;
            view.places(destination, &mut places)?;
        }
        Ok(view.stamped(&places))
    }
}

impl<'g> View<'g> {
    fn places(&self, to: &Destination, places: &mut Vec<Place>) -> Result<()> {
        let branch = self.branch(to)?;
        let branch = branch.as_ref();
        let found = match &to.point {
            Point::Relative(None, steps) => {
                let start = self.start(branch, to)?;
                match (self.walk(start, *steps, branch, to)?, start) {
                    (Spot::At(at), _) => vec![at],
                    (Spot::Base, Spot::At(start)) => {
                        places.push(Place::Nothing(Some(start)));
                        return Ok(());
                    }
                    (Spot::Base, Spot::Base) => Vec::new(),
                }
            }
            _ => self.found(to)?,
        };
        if found.is_empty() {
            places.push(Place::Nothing(branch.map(|branch| branch.at)));
        }
        places.extend(found.into_iter().map(Place::At));
        Ok(())
    }

    fn stamped(&self, places: &[Place]) -> Moves<'g> {
        let asked = places.iter().filter_map(|place| match place {
            Place::At(at) => Some(*at),
            Place::Nothing(_) => None,
        });
        let asked = self.edges.below(asked, Along::All);
        let mut applied = self.applied.clone();
        let mut steps = self.swaps.clone();
        let mut dropped = self.dropped.clone();
        for place in places {
            let (at, lineage) = match place {
                Place::Nothing(None) => (None, None),
                Place::Nothing(Some(of)) => (None, Some(self.edges.lineage(*of, Along::All))),
                Place::At(at) => (Some(*at), Some(self.edges.lineage(*at, Along::All))),
            };
            let mut rows = self.edges.tips(&applied, Along::All);
            let is_replaced = |row: usize| lineage.as_ref().is_none_or(|lineage| lineage.contains(row));
            rows.retain(|row| asked.contains(*row) || !is_replaced(*row));
            let after = self.edges.below(rows.into_iter().chain(at), Along::All);
            let mut insert = self.ordered(&after.clone().keep(|at| !applied.contains(at)));
            insert.reverse();
            let remove = self.ordered(&applied.clone().keep(|at| !after.contains(at)));
            let remove = remove.into_iter().map(|revision| revision.id().to_owned());
            let remove: Vec<_> = remove.chain(dropped.drain(..)).collect();
            if !insert.is_empty() || !remove.is_empty() {
                steps.push(Move::Record { to: at.map(|at| self.revision(at)), insert, remove });
            }
            applied = after;
        }
        steps.extend(self.newly_complete(&mut applied));
        self.moves(steps)
    }

    /// The newest first.
    fn ordered(&self, set: &Members) -> Vec<&'g Revision> {
        let order = self.edges.order(set, self.edges.tips(set, Along::All));
        order.into_iter().map(|at| self.revision(at)).collect()
    }
}
