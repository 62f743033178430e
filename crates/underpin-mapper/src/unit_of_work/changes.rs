//! Registering what shall change: `add`, `save`, `remove`. Nothing is sent.

use std::marker::PhantomData;

use underpin_core::Result;
use underpin_schema::{Store, Table};

use super::{Added, UnitOfWork};
use crate::{Entity, Outgoing};

impl<S: Store> UnitOfWork<S> {
    /// Registers a new entity and takes its events.
    ///
    /// # Errors
    /// If the unit of work knows a row with its key already.
    pub fn add<E: Entity<S>>(&mut self, entity: &mut E) -> Result<Added<E>> {
        self.usable()?;
        let index = self.set::<E::Row>()?.add(entity.to_row())?;
        entity.drain(&mut self.outgoing);
        Ok(Added { index, entity: PhantomData })
    }

    /// Makes an entity known that was loaded in an earlier unit of work, as it was then; change and `save` it
    /// afterwards. If somebody has changed the row meanwhile, its version has moved and the flush fails as stale: this
    /// is how an edit that spans several requests is guarded. The entity's `to_row` must therefore carry the version.
    ///
    /// # Errors
    /// If the unit of work knows the row already.
    pub fn attach<E: Entity<S>>(&mut self, entity: &E) -> Result<()> {
        self.usable()?;
        self.set::<E::Row>()?.attach(entity.to_row())
    }

    /// Registers what has changed in an entity that was added or loaded here, and takes its events. What is written is
    /// the difference to what the database holds: nothing, if nothing has changed.
    ///
    /// # Errors
    /// If the entity was neither added nor loaded in this unit of work.
    pub fn save<E: Entity<S>>(&mut self, entity: &mut E) -> Result<()> {
        self.usable()?;
        self.set::<E::Row>()?.save(entity.to_row())?;
        entity.drain(&mut self.outgoing);
        Ok(())
    }

    /// Registers the removal of an entity that was added or loaded here, and takes its events.
    ///
    /// # Errors
    /// If the entity was neither added nor loaded in this unit of work.
    pub fn remove<E: Entity<S>>(&mut self, entity: &mut E) -> Result<()> {
        self.usable()?;
        self.set::<E::Row>()?.remove(&entity.to_row())?;
        entity.drain(&mut self.outgoing);
        Ok(())
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
