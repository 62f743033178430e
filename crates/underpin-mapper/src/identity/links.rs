//! Which rows of one table are parts of which rows of another.

use std::any::TypeId;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use underpin_core::{OwnedRow, Result};

use super::part_list::PartList;
use super::{State, TrackedRows};
use crate::plan::Wait;
use crate::relation::Relation;

/// Which rows are parts of which, along one foreign key. Rows stand by their positions in their sets.
pub(crate) struct Links {
    /// The types that the relation is between.
    pub(super) of: TypeId,
    relation: Arc<Relation>,
    parent: usize,
    part: usize,
    /// For each parent whose parts are known, all rows that have been its parts.
    lists: Vec<Option<PartList>>,
    members: Vec<Member>,
    /// Counts the times that parts were registered.
    round: u32,
    /// How many parts have joined in this round.
    joined: usize,
    /// Parents without a key yet, and parts that are to name them.
    unsettled: Vec<(usize, usize)>,
    marks: Vec<Before>,
}

#[derive(Clone, Copy)]
struct Member {
    /// Of which parent the row is a part now.
    owner: usize,
    /// When it was last registered.
    round: u32,
}

const STRANGER: Member = Member { owner: usize::MAX, round: 0 };

/// What a savepoint remembers: what has been touched since, as it was.
#[derive(Default)]
struct Before {
    lists: HashMap<usize, Option<PartList>>,
    owners: HashMap<usize, usize>,
}

impl Links {
    pub(super) fn new(of: TypeId, relation: Relation, parent: usize, part: usize, savepoints: usize) -> Self {
        let marks = (0..savepoints).map(|_| Before::default()).collect();
        let (lists, members, unsettled) = (Vec::new(), Vec::new(), Vec::new());
        let (relation, round, joined) = (Arc::new(relation), 0, 0);
        Self { of, relation, parent, part, lists, members, round, joined, unsettled, marks }
    }

    pub(crate) fn relation(&self) -> Arc<Relation> {
        Arc::clone(&self.relation)
    }

    /// The columns of the parts that refer.
    pub(crate) fn columns(&self) -> &'static [usize] {
        self.relation.columns
    }

    /// The columns of the parents that they name.
    pub(crate) fn targets(&self) -> &[usize] {
        &self.relation.targets
    }

    /// Whether the row is a part of another parent.
    pub(crate) fn is_elsewhere(&self, parent: usize, part: usize) -> bool {
        self.members.get(part).is_some_and(|at| at.owner != STRANGER.owner && at.owner != parent)
    }

    /// Whether it is known which rows are the parent's parts.
    pub(crate) fn knows(&self, parent: usize) -> bool {
        matches!(self.lists.get(parent), Some(Some(_)))
    }

    /// Room for so many parts more, of so many parents.
    pub(crate) fn reserve(&mut self, parents: usize, parts: usize) {
        self.lists.reserve(parents);
        self.members.reserve(parts + parts / 8 + 1);
    }

    /// From now on it is known; whoever joins is all there is.
    pub(crate) fn open(&mut self, parent: usize) {
        self.round += 1;
        self.joined = 0;
        if !self.knows(parent) {
            self.remember(parent);
            if self.lists.len() <= parent {
                self.lists.resize_with(parent + 1, || None);
            }
            self.lists[parent] = Some(PartList::default());
        }
    }

    /// Makes a row a part of the parent that was opened; false if it has joined already since then.
    #[inline]
    pub(crate) fn join(&mut self, parent: usize, part: usize) -> bool {
        match self.members.get_mut(part) {
            Some(member) if member.owner == parent => {
                let anew = std::mem::replace(&mut member.round, self.round) != self.round;
                self.joined += usize::from(anew);
                anew
            }
            _ => {
                self.joined += 1;
                self.adopt(parent, part);
                true
            }
        }
    }

    /// Makes rows that nobody has seen before parts of the parent that was opened.
    pub(crate) fn join_new(&mut self, parent: usize, parts: Range<usize>) {
        if self.members.len() <= parts.start && self.marks.is_empty() {
            self.joined += parts.len();
            self.members.resize(parts.start, STRANGER);
            self.members.resize(parts.end, Member { owner: parent, round: self.round });
            if let Some(Some(list)) = self.lists.get_mut(parent) {
                parts.for_each(|part| list.push(part));
            }
        } else {
            parts.for_each(|part| _ = self.join(parent, part));
        }
    }

    /// Makes a row a part of a parent whose part it is not.
    #[inline(never)]
    fn adopt(&mut self, parent: usize, part: usize) {
        if self.members.len() <= part {
            self.members.resize(part + 1, STRANGER);
        }
        let now = Member { owner: parent, round: self.round };
        let Member { owner, .. } = std::mem::replace(&mut self.members[part], now);
        self.remember(parent);
        if let Some(mark) = self.marks.last_mut() {
            mark.owners.entry(part).or_insert(owner);
        }
        if let Some(Some(list)) = self.lists.get_mut(parent)
            && (owner == STRANGER.owner || !list.contains(part))
        {
            list.push(part);
        }
    }

    /// The part names its parent once the parent has a key.
    pub(crate) fn settle_later(&mut self, parent: usize, part: usize) {
        self.unsettled.push((parent, part));
    }

    /// All rows that have been parts of the parent in this unit of work.
    pub(crate) fn ever(&self, parent: usize) -> impl Iterator<Item = usize> {
        self.lists.get(parent).and_then(Option::as_ref).into_iter().flat_map(PartList::iter)
    }

    /// The rows that are parts of the parent now, whether they are about to go or not.
    pub(crate) fn owned(&self, parent: usize) -> impl Iterator<Item = usize> {
        self.ever(parent).filter(move |part| self.owns(parent, *part))
    }

    /// The rows that were parts of the parent before it was opened, and have not joined since.
    pub(crate) fn left_behind(&self, parent: usize) -> Vec<usize> {
        let Some(Some(list)) = self.lists.get(parent) else { return Vec::new() };
        if list.len() == self.joined {
            // Whoever has joined is on the list, so that is everybody.
            return Vec::new();
        }
        let behind = |part: &usize| {
            self.members.get(*part).is_some_and(|at| at.owner == parent && at.round != self.round)
        };
        list.iter().filter(behind).collect()
    }

    fn owns(&self, parent: usize, part: usize) -> bool {
        self.members.get(part).is_some_and(|at| at.owner == parent)
    }

    #[inline]
    fn remember(&mut self, parent: usize) {
        if let Some(mark) = self.marks.last_mut() {
            let list = self.lists.get(parent);
            mark.lists.entry(parent).or_insert_with(|| list.cloned().flatten());
        }
    }

    /// Whether the parent's key is not known before it is inserted.
    fn keyless(&self, sets: &[Box<dyn TrackedRows>], parent: usize) -> bool {
        sets[self.parent].awaits(parent, &self.relation.targets)
    }

    fn to_settle(&self, sets: &[Box<dyn TrackedRows>], parent: usize, part: usize) -> bool {
        self.owns(parent, part) && matches!(sets[self.part].state(part), State::Added | State::Changed)
    }

    pub(super) fn waits(&self, sets: &[Box<dyn TrackedRows>]) -> Vec<Wait> {
        let wait = |&(parent, part): &(usize, usize)| {
            let waits = self.to_settle(sets, parent, part) && self.keyless(sets, parent);
            waits.then_some(Wait { set: self.part, row: part, on_set: self.parent, on_row: parent })
        };
        self.unsettled.iter().filter_map(wait).collect()
    }

    /// Lets the parts name their parents, as far as those have got their keys. Whether there was one.
    pub(super) fn settle(&mut self, sets: &mut [Box<dyn TrackedRows>]) -> Result<bool> {
        let mut settled = false;
        for (parent, part) in std::mem::take(&mut self.unsettled) {
            if !self.to_settle(sets, parent, part) {
                continue;
            }
            if self.keyless(sets, parent) {
                self.unsettled.push((parent, part));
                continue;
            }
            let key = sets[self.parent].cells(parent, &self.relation.targets)?;
            sets[self.part].refer(part, self.relation.columns, &OwnedRow(key))?;
            settled = true;
        }
        Ok(settled)
    }

    /// The sets of the parents and of the parts.
    pub(super) fn ends(&self) -> (usize, usize) {
        (self.parent, self.part)
    }

    /// From now on it is not known which rows are parts of which.
    pub(super) fn outdate(&mut self) {
        for parent in 0..self.lists.len() {
            if self.knows(parent) {
                self.remember(parent);
                self.lists[parent] = None;
            }
        }
        for (part, member) in self.members.iter_mut().enumerate() {
            if let Some(mark) = self.marks.last_mut() {
                mark.owners.entry(part).or_insert(member.owner);
            }
            *member = STRANGER;
        }
    }

    pub(super) fn mark(&mut self) {
        self.marks.push(Before::default());
    }

    pub(super) fn rollback_to(&mut self, mark: usize) {
        while self.marks.len() > mark {
            let Some(Before { lists, owners }) = self.marks.pop() else { break };
            for (parent, list) in lists {
                if let Some(slot) = self.lists.get_mut(parent) {
                    *slot = list;
                }
            }
            for (part, owner) in owners {
                if let Some(member) = self.members.get_mut(part) {
                    member.owner = owner;
                }
            }
        }
        // A savepoint writes what is pending, so that nothing was unsettled when it was set.
        self.unsettled.clear();
        self.mark();
    }

    pub(super) fn release(&mut self, mark: usize) {
        while self.marks.len() > mark {
            let Some(released) = self.marks.pop() else { break };
            let Some(outer) = self.marks.last_mut() else { continue };
            for (parent, list) in released.lists {
                outer.lists.entry(parent).or_insert(list);
            }
            for (part, owner) in released.owners {
                outer.owners.entry(part).or_insert(owner);
            }
        }
    }
}
