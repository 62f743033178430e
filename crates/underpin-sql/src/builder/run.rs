//! Running a query.

use std::ops::ControlFlow;

use underpin_core::{BoxFuture, CellError, Cells, Error, Result, Value};

use super::SelectFrom;
use crate::selection::selectable;
use crate::{Anywhere, Columns, Covers, Expr, Select, Selected, Selection, Tree};

/// Who can run a query: a database, one checked-out connection, or a unit of work.
pub trait Runner: Sized + Send {
    /// Runs a query to its end.
    fn all<'a, L: Selected>(self, select: &'a Select) -> BoxFuture<'a, Result<Vec<L::Item>>>
    where
        Self: 'a;

    /// Runs a query and gives what comes of its rows in portions of at most `size`, until `each` breaks.
    fn portions<'a, L: Selected>(
        self,
        select: &'a Select,
        size: usize,
        each: &'a mut (dyn FnMut(Vec<L::Item>) -> ControlFlow<()> + Send),
    ) -> BoxFuture<'a, Result<()>>
    where
        Self: 'a;
}

impl<Q, L: Selected, X: Runner> SelectFrom<Q, L, X> {
    /// All rows of the query.
    ///
    /// # Errors
    /// If the database cannot be asked, or a row is not what was declared.
    pub fn all<'a, I>(self) -> BoxFuture<'a, Result<Vec<L::Item>>>
    where
        Q: Covers<L::Scope, I>,
        X: 'a,
    {
        // Not an async function: a table that is missing would be told three times.
        let Self { runner, select, .. } = self;
        Box::pin(async move { runner.all::<L>(&select).await })
    }

    /// The first row of the query, or `None`.
    ///
    /// # Errors
    /// If the database cannot be asked, or the row is not what was declared.
    pub async fn first<I>(mut self) -> Result<Option<L::Item>>
    where
        Q: Covers<L::Scope, I>,
    {
        self.select.limit = Some(1);
        Ok(self.all().await?.pop())
    }

    /// The one row of the query.
    ///
    /// # Errors
    /// If there is none, or more than one; if the database cannot be asked, or the row is not what was declared.
    pub async fn one<I>(mut self) -> Result<L::Item>
    where
        Q: Covers<L::Scope, I>,
    {
        self.select.limit = Some(2);
        let table = self.select.from.table.name;
        let mut found = self.all().await?;
        match (found.pop(), found.is_empty()) {
            (Some(one), true) => Ok(one),
            (None, _) => Err(Error::usage(
                format!("the query on table {table} was to give one row, it gave none"),
                "call `first` if there may be none",
            )),
            (Some(_), false) => Err(Error::usage(
                format!("the query on table {table} was to give one row, it gave several"),
                "call `all` if there may be several",
            )),
        }
    }

    /// All rows of the query in portions of at most `size`, in memory for one portion, however many there are. The
    /// next portion is fetched when `each` is done. Entities read in this way are not tracked by a unit of work. Of
    /// entities that have parts, the rows of all roots are read at once, and the parts portion by portion.
    ///
    /// # Errors
    /// What `each` fails with, once the rest is not read any more; otherwise if the database cannot be asked, or a
    /// row is not what was declared.
    pub async fn portions<I, E: From<Error> + Send>(
        self,
        size: usize,
        mut each: impl FnMut(Vec<L::Item>) -> Result<(), E> + Send,
    ) -> Result<(), E>
    where
        Q: Covers<L::Scope, I>,
    {
        let mut failed = None;
        let mut until = |items| match each(items) {
            Ok(()) => ControlFlow::Continue(()),
            Err(error) => {
                failed = Some(error);
                ControlFlow::Break(())
            }
        };
        self.runner.portions::<L>(&self.select, size.max(1), &mut until).await?;
        failed.map_or(Ok(()), Err)
    }
}

impl<Q, L, X: Runner> SelectFrom<Q, L, X> {
    /// How many rows the query gives; its limit and offset are those of the rows that are counted.
    ///
    /// # Errors
    /// If the database cannot be asked.
    pub async fn count(self) -> Result<u64> {
        let counted = self.runner.all::<Columns<Expr<Anywhere, i64>>>(&self.select.counted()).await?;
        Ok(counted.first().and_then(|count| u64::try_from(*count).ok()).unwrap_or(0))
    }

    /// Whether the query gives a row.
    ///
    /// # Errors
    /// If the database cannot be asked.
    pub async fn exists(self) -> Result<bool> {
        let mut select = self.select;
        if select.is_ungrouped() {
            select.columns = vec![Tree::number(1)];
            select.order.clear();
        }
        select.limit = Some(1);
        let found = self.runner.all::<Columns<()>>(&select).await?;
        Ok(!found.is_empty())
    }

    /// How the database would run the query, line by line in its own words.
    ///
    /// # Errors
    /// If the database cannot be asked, or has no plans.
    pub async fn explain(mut self) -> Result<Vec<String>> {
        self.select.explain = true;
        self.runner.all::<Columns<PlanLine>>(&self.select).await
    }
}

/// A line of a plan: the last of four columns on SQLite, the only one on PostgreSQL.
struct PlanLine;

selectable!([] PlanLine);

impl Selection for PlanLine {
    type Scope = Anywhere;
    type Output = String;

    fn append_to(self, columns: &mut Vec<Tree>) {
        columns.push(Tree::word("plan"));
    }

    fn width() -> usize {
        1
    }

    fn read(cells: &dyn Cells, at: usize) -> Result<String, (usize, CellError)> {
        let line = String::decode(cells, at + 3).or_else(|_| String::decode(cells, at));
        line.map_err(|why| (at, why))
    }
}
