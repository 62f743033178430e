//! What the rows of a query become, and how they are collected.

use std::any::Any;
use std::marker::PhantomData;

use underpin_core::{BoxFuture, Cells, Error, Result};

use super::Selection;
use crate::Select;
use crate::driver::{Connection, Receive};

/// What the rows of a query become: tuples of columns, or entities.
pub trait Selected: 'static {
    /// The tables that it speaks of.
    type Scope: 'static;
    /// What one row becomes.
    type Item: Send + 'static;

    /// Takes the rows of a query, about so many. They are `tracked` if [`Selected::items`] is going to be called
    /// with a tracker.
    fn receiver(select: &Select, capacity: usize, tracked: bool) -> Box<dyn Receive>;

    /// What came of the rows. A unit of work passes its identity map, so that entities are its own versions.
    ///
    /// # Errors
    /// If a row is not one of such an entity.
    fn items(received: Box<dyn Receive>, tracker: Option<&mut Tracker>) -> Result<Vec<Self::Item>>;

    /// Whether what comes of the rows needs further questions to the database: then [`Selected::whole`] is called
    /// instead of [`Selected::items`].
    const ASKS: bool = false;

    /// As [`Selected::items`], with whom to ask.
    fn whole<'a>(
        received: Box<dyn Receive>,
        connection: &'a mut dyn Connection,
        tracker: Option<&'a mut Tracker>,
    ) -> BoxFuture<'a, Result<Vec<Self::Item>>> {
        let _ = connection;
        Box::pin(async move { Self::items(received, tracker) })
    }
}

/// What a unit of work knows.
pub type Tracker = dyn Any + Send;

/// The rows of a query as the tuples of the selection `L`.
pub struct Columns<L>(PhantomData<fn() -> L>);

impl<L: Selection> Selected for Columns<L> {
    type Scope = L::Scope;
    type Item = L::Output;

    fn receiver(select: &Select, capacity: usize, _tracked: bool) -> Box<dyn Receive> {
        let mut labels = Select::new(select.from.table);
        labels.columns.clone_from(&select.columns);
        Box::new(Collected::<L> { items: Vec::with_capacity(capacity), labels })
    }

    fn items(received: Box<dyn Receive>, _tracker: Option<&mut Tracker>) -> Result<Vec<L::Output>> {
        match received.into_any().downcast::<Collected<L>>() {
            Ok(collected) => Ok(collected.items),
            Err(_) => Err(Error::usage("the driver gave back another receiver", "report this as a defect")),
        }
    }
}

struct Collected<L: Selection> {
    items: Vec<L::Output>,
    /// What the columns are, for an error.
    labels: Select,
}

impl<L: Selection> Receive for Collected<L> {
    fn row(&mut self, cells: &dyn Cells) -> Result<()> {
        match L::read(cells, 0) {
            Ok(item) => self.items.push(item),
            Err((position, why)) => return Err(self.labels.unfit(position, why)),
        }
        Ok(())
    }

    fn into_any(self: Box<Self>) -> Box<dyn Any + Send> {
        self
    }
}
