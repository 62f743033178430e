//! All that a unit of work knows: rows by table, and which rows are parts of which.

use std::any::TypeId;

use underpin_core::{Error, Result};
use underpin_schema::Table;

use super::links::Links;
use super::{TableSet, TrackedRows, erase};
use crate::plan::Wait;
use crate::relation::{Relation, Via};

/// The rows of all tables, each one once, and which are parts of which.
#[derive(Default)]
pub struct IdentityMap {
    pub(crate) sets: Vec<Box<dyn TrackedRows>>,
    links: Vec<Links>,
    savepoints: usize,
    /// Trees of parts whose definitions have been looked at.
    checked: Vec<TypeId>,
}

impl IdentityMap {
    /// Which of the sets holds rows of this type, made now if there is none.
    pub(crate) fn position<R: Table>(&mut self) -> usize {
        match self.sets.iter().position(|set| set.row_type() == TypeId::of::<R>()) {
            Some(position) => position,
            None => {
                self.sets.push(erase(TableSet::<R>::new(self.savepoints)));
                self.sets.len() - 1
            }
        }
    }

    /// The rows of this type.
    pub(crate) fn set<R: Table>(&mut self) -> Result<&mut TableSet<R>> {
        let position = self.position::<R>();
        typed(&mut *self.sets[position])
    }

    /// Which of the links say what rows `R` are parts of what rows `P`, made now if there are none.
    ///
    /// # Errors
    /// If the tables have no such foreign key.
    pub(crate) fn link<P: Table, R: Table, V: Via<R>>(&mut self) -> Result<usize> {
        let of = TypeId::of::<(P, R, V)>();
        if let Some(position) = self.links.iter().position(|links| links.of == of) {
            return Ok(position);
        }
        let relation = Relation::of(R::def(), P::def(), V::COLUMNS)?;
        let (parent, part) = (self.position::<P>(), self.position::<R>());
        self.links.push(Links::new(of, relation, parent, part, self.savepoints));
        Ok(self.links.len() - 1)
    }

    pub(crate) fn links(&mut self, link: usize) -> &mut Links {
        &mut self.links[link]
    }

    /// Which rows are parts of which, and their parents.
    pub(crate) fn links_and_parents<P: Table>(
        &mut self,
        link: usize,
    ) -> Result<(&mut Links, &mut TableSet<P>)> {
        let links = &mut self.links[link];
        let (parent, _) = links.ends();
        Ok((links, typed(&mut *self.sets[parent])?))
    }

    /// Which rows are parts of which, and the parts.
    pub(crate) fn links_and_parts<R: Table>(
        &mut self,
        link: usize,
    ) -> Result<(&mut Links, &mut TableSet<R>)> {
        let links = &mut self.links[link];
        let (_, part) = links.ends();
        Ok((links, typed(&mut *self.sets[part])?))
    }

    /// Looks at the definitions of a tree of parts, once.
    ///
    /// # Errors
    /// What `check` finds.
    pub(crate) fn check_once<T: 'static>(&mut self, check: impl FnOnce() -> Result<()>) -> Result<()> {
        if !self.checked.contains(&TypeId::of::<T>()) {
            check()?;
            self.checked.push(TypeId::of::<T>());
        }
        Ok(())
    }

    /// Which rows that are to be written name rows whose keys nobody knows before they are inserted.
    pub(crate) fn waits(&self) -> Vec<Wait> {
        self.links.iter().flat_map(|links| links.waits(&self.sets)).collect()
    }

    /// Hands the keys that the database has made to the rows that name them.
    pub(crate) fn settle(&mut self) -> Result<()> {
        // A key that is handed on may complete the key of a row that others name.
        let mut settled = true;
        while std::mem::take(&mut settled) {
            for links in &mut self.links {
                settled |= links.settle(&mut self.sets)?;
            }
        }
        Ok(())
    }

    /// The sets whose rows may not be what they were once rows of these tables are changed by a query: theirs, and those
    /// of which they are parts.
    ///
    /// # Errors
    /// If one of them has changes that are not written, which would be lost.
    pub(crate) fn concerned(&self, tables: &[&str]) -> Result<Vec<usize>> {
        let named = |set: &usize| tables.contains(&self.sets[*set].def().name);
        let mut concerned: Vec<usize> = (0..self.sets.len()).filter(named).collect();
        let mut at = 0;
        while let Some(&set) = concerned.get(at) {
            let above = self.links.iter().map(Links::ends).filter(|(_, part)| *part == set);
            for (parent, _) in above {
                if !concerned.contains(&parent) {
                    concerned.push(parent);
                }
            }
            at += 1;
        }
        match concerned.iter().find(|set| self.sets[**set].has_pending()) {
            None => Ok(concerned),
            Some(set) => Err(Error::usage(
                format!(
                    "the unit of work has changes of table {} that are not written",
                    self.sets[*set].def().name
                ),
                "call `flush` first, so that the query finds them and none is lost",
            )),
        }
    }

    /// The rows of these sets have to be read again.
    pub(crate) fn outdate(&mut self, sets: &[usize]) {
        for set in sets {
            self.sets[*set].outdate();
        }
        for links in &mut self.links {
            let (parent, part) = links.ends();
            if sets.contains(&parent) || sets.contains(&part) {
                links.outdate();
            }
        }
    }

    pub(crate) fn mark(&mut self) {
        self.savepoints += 1;
        self.sets.iter_mut().for_each(|set| set.mark());
        self.links.iter_mut().for_each(Links::mark);
    }

    pub(crate) fn rollback_to(&mut self, mark: usize) {
        self.savepoints = mark + 1;
        self.sets.iter_mut().for_each(|set| set.rollback_to(mark));
        self.links.iter_mut().for_each(|links| links.rollback_to(mark));
    }

    pub(crate) fn release(&mut self, mark: usize) {
        self.savepoints = mark;
        self.sets.iter_mut().for_each(|set| set.release(mark));
        self.links.iter_mut().for_each(|links| links.release(mark));
    }
}

fn typed<R: Table>(set: &mut dyn TrackedRows) -> Result<&mut TableSet<R>> {
    set.as_any().downcast_mut().ok_or_else(lost_set)
}

pub(crate) fn lost_set() -> Error {
    Error::usage("the identity map holds rows of another type", "report this as a defect")
}
