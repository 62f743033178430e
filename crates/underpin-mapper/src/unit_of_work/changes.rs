//! Registering what shall change: `add`, `save`, `remove`. Nothing is sent.

use std::marker::PhantomData;

use underpin_core::Result;
use underpin_schema::{Store, Table};

use super::{Added, UnitOfWork};
use crate::aggregate::{Parts, checked};
use crate::events::RootRow;
use crate::{Aggregate, Outgoing};

impl<S: Store> UnitOfWork<S> {
    /// Registers a new entity, with its parts, and takes its events.
    ///
    /// # Errors
    /// If the unit of work knows a row with its key already.
    pub fn add<E: Aggregate<S> + Send>(&mut self, entity: &mut E) -> Result<Added<E>> {
        self.usable()?;
        self.verify::<E>()?;
        let (row, parts) = entity.to_rows();
        let index = self.map.set::<E::Row>()?.add(row)?;
        self.put_parts::<E>(index, parts)?;
        E::Row::drain(entity, &mut self.outgoing);
        Ok(Added { index, entity: PhantomData })
    }

    /// Makes an entity known that was loaded in an earlier unit of work, as it was then; change and `save` it
    /// afterwards. If somebody has changed the row meanwhile, its version has moved and the flush fails as stale: this
    /// is how an edit that spans several requests is guarded. The entity's `to_row` must therefore carry the version.
    ///
    /// # Errors
    /// If the unit of work knows the row already.
    pub fn attach<E: Aggregate<S> + Send>(&mut self, entity: &E) -> Result<()> {
        self.usable()?;
        self.verify::<E>()?;
        let (row, parts) = entity.to_rows();
        let index = self.map.set::<E::Row>()?.attach(row)?;
        E::Parts::attach::<E::Row>(&mut self.map, index, parts)
    }

    /// Registers what has changed in an entity that was added or loaded here, and takes its events. What is written is
    /// the difference to what the database holds: nothing, if nothing has changed. Parts that it no longer has are
    /// removed. If only its parts have changed, the version of its own row is counted nevertheless.
    ///
    /// # Errors
    /// If the entity was neither added nor loaded in this unit of work.
    pub fn save<E: Aggregate<S> + Send>(&mut self, entity: &mut E) -> Result<()> {
        self.usable()?;
        self.verify::<E>()?;
        let (row, parts) = entity.to_rows();
        let index = self.map.set::<E::Row>()?.save(row)?;
        self.put_parts::<E>(index, parts)?;
        E::Row::drain(entity, &mut self.outgoing);
        Ok(())
    }

    /// Registers the removal of an entity that was added or loaded here, with its parts, and takes its events.
    ///
    /// # Errors
    /// If the entity was neither added nor loaded in this unit of work.
    pub fn remove<E: Aggregate<S> + Send>(&mut self, entity: &mut E) -> Result<()> {
        self.usable()?;
        self.verify::<E>()?;
        let (row, _) = entity.to_rows();
        let index = self.map.set::<E::Row>()?.position(&row, "remove")?;
        let removed = E::Parts::remove::<E::Row>(&mut self.map, index);
        self.whole(removed)?;
        self.map.set::<E::Row>()?.remove_at(index);
        E::Row::drain(entity, &mut self.outgoing);
        Ok(())
    }

    /// Looks at the table definitions of an aggregate, at its first use.
    pub(super) fn verify<E: Aggregate<S> + Send>(&mut self) -> Result<()> {
        if E::Parts::NONE {
            return Ok(());
        }
        self.map.check_once::<(E::Row, E::Parts)>(checked::<E::Row, E::Parts>)
    }

    /// Registers what the parts of a root shall be. Its version counts for them too.
    fn put_parts<E: Aggregate<S> + Send>(&mut self, root: usize, parts: E::Parts) -> Result<()> {
        let put = E::Parts::put::<E::Row>(&mut self.map, root, parts);
        if self.whole(put)? {
            self.map.set::<E::Row>()?.bump(root);
        }
        Ok(())
    }

    /// An aggregate that was registered in part must never be written.
    fn whole<T>(&mut self, registered: Result<T>) -> Result<T> {
        registered.inspect_err(|_| self.failed = true)
    }

    /// Appends a row that belongs to no entity: a message for the outbox, a line of a journal. It is written by the next
    /// flush, as its last group.
    pub fn append<R: Table>(&mut self, row: R) {
        self.outgoing.push(row);
    }

    /// Rows that wait to be appended.
    #[must_use]
    pub fn outgoing(&self) -> &Outgoing {
        &self.outgoing
    }
}
