//! Pages that begin where the one before ended.

use std::any::Any;
use std::marker::PhantomData;

use underpin_core::{BoxFuture, Cells, ColumnType, Datum, Error, Result};

use super::{Runner, SelectFrom};
use crate::driver::{Connection, Receive};
use crate::query::key_types;
use crate::{Covers, Cursor, Select, Selected, Tracker};

/// One page of a result.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Page<T> {
    /// Its rows.
    pub items: Vec<T>,
    /// Where the next page begins; `None` for the last page.
    pub next: Option<Cursor>,
}

impl<Q, L: Selected, X: Runner> SelectFrom<Q, L, X> {
    /// One page of at most `size` rows in the order of the query, behind the page that a cursor comes from. The primary
    /// key decides between rows that the order leaves equal, so that no row is left out or comes twice. With an index
    /// on the keys of the order, a late page costs what the first one costs.
    ///
    /// # Errors
    /// If the cursor is not one of this order, or the query is not one for plain rows; if the database cannot be asked,
    /// or a row is not what was declared.
    pub async fn page<I>(mut self, size: u32, after: Option<&Cursor>) -> Result<Page<L::Item>>
    where
        Q: Covers<L::Scope, I>,
    {
        self.select.paged(size.into(), after)?;
        let found = self.runner.all::<Paged<L>>(&self.select).await?;
        let mut page = Page { items: Vec::with_capacity(found.len()), next: None };
        for (item, keys) in found {
            page.items.push(item);
            if let Some(keys) = keys {
                page.next = Some(Cursor::new(&self.select.order, &keys)?);
            }
        }
        Ok(page)
    }
}

/// Rows with, at the last one that is not the last of all, the keys of the order.
struct Paged<L>(PhantomData<fn() -> L>);

impl<L: Selected> Selected for Paged<L> {
    type Scope = L::Scope;
    type Item = (L::Item, Option<Vec<Datum>>);

    fn receiver(select: &Select, capacity: usize, tracked: bool) -> Box<dyn Receive> {
        Box::new(Collected {
            rows: Some(L::receiver(select, capacity, tracked)),
            at: select.columns.len() - select.order.len(),
            types: key_types(select),
            // One row more is asked for than the page has.
            left: select.limit.map_or(u64::MAX, |limit| limit.saturating_sub(1)),
            keys: Vec::new(),
            more: false,
        })
    }

    fn items(received: Box<dyn Receive>, tracker: Option<&mut Tracker>) -> Result<Vec<Self::Item>> {
        let (rows, keys) = taken(received)?;
        Ok(with_keys(L::items(rows, tracker)?, keys))
    }

    const ASKS: bool = L::ASKS;

    fn whole<'a>(
        received: Box<dyn Receive>,
        connection: &'a mut dyn Connection,
        tracker: Option<&'a mut Tracker>,
    ) -> BoxFuture<'a, Result<Vec<Self::Item>>> {
        Box::pin(async move {
            let (rows, keys) = taken(received)?;
            Ok(with_keys(L::whole(rows, connection, tracker).await?, keys))
        })
    }
}

/// The receiver of the rows, and the keys of the last one if more rows follow.
fn taken(received: Box<dyn Receive>) -> Result<(Box<dyn Receive>, Option<Vec<Datum>>)> {
    let lost = || Error::usage("the driver gave back another receiver", "report this as a defect");
    let collected = received.into_any().downcast::<Collected>().map_err(|_| lost())?;
    let Collected { rows, keys, more, .. } = *collected;
    Ok((rows.ok_or_else(lost)?, more.then_some(keys)))
}

fn with_keys<T>(items: Vec<T>, keys: Option<Vec<Datum>>) -> Vec<(T, Option<Vec<Datum>>)> {
    let mut items: Vec<_> = items.into_iter().map(|item| (item, None)).collect();
    if let Some(last) = items.last_mut() {
        last.1 = keys;
    }
    items
}

struct Collected {
    rows: Option<Box<dyn Receive>>,
    /// Where the keys stand.
    at: usize,
    types: Vec<ColumnType>,
    left: u64,
    keys: Vec<Datum>,
    more: bool,
}

impl Receive for Collected {
    fn row(&mut self, cells: &dyn Cells) -> Result<()> {
        if self.left == 0 {
            self.more = true;
            return Ok(());
        }
        self.left -= 1;
        if let Some(rows) = &mut self.rows {
            rows.row(cells)?;
        }
        if self.left == 0 {
            let keys =
                self.types.iter().enumerate().map(|(index, ty)| Datum::read(cells, self.at + index, *ty));
            self.keys = keys
                .collect::<Result<_, _>>()
                .map_err(|why| Error::mapping(format!("the keys of a page's order cannot be read: {why}")))?;
        }
        Ok(())
    }

    fn into_any(self: Box<Self>) -> Box<dyn Any + Send> {
        self
    }
}
