//! Changing many rows by one statement.

use underpin_core::{Dialect, Result};
use underpin_schema::TableDef;
use underpin_sql::driver::{Description, Observed, Receive};
use underpin_sql::{Change, ChangeKind, ChangeStatement, Query, Rows, Shape, render_change};

use crate::codec::Bind;
use crate::connection::PostgresConnection;
use crate::error;
use crate::fetch::{Request, decode};

/// What is inserted by one statement.
#[derive(Clone, Copy)]
enum Given<'r> {
    Nothing,
    Row(&'r dyn Rows, usize),
    All(&'r dyn Rows),
}

impl PostgresConnection {
    /// Executes a change; gives how many rows it concerned.
    pub(crate) async fn change_rows(&mut self, change: &Change<'_>, into: &mut dyn Receive) -> Result<u64> {
        let observed = Observed::start(self.shared.options.slow_statement);
        let mut text = String::new();
        let result = self.run_change(change, into, &mut text).await;
        observed.finish(&self.shared.counters, &result, || {
            Description::one(change.sql(), change.table().name, &text)
        });
        result.map_err(|error| error.context(change.attempted()))
    }

    async fn run_change(
        &mut self,
        change: &Change<'_>,
        into: &mut dyn Receive,
        text: &mut String,
    ) -> Result<u64> {
        let ChangeKind::Insert(insert) = &change.kind else {
            let statement = render_change(change, Dialect::POSTGRES, Shape::One)?;
            text.clone_from(&statement.text);
            return self.run_one(change, &statement, Given::Nothing, into).await;
        };
        let rows = insert.rows;
        if rows.is_empty() {
            return Ok(0);
        }
        // Without a column there is nothing that could carry many rows.
        let shape = if rows.len() == 1 || insert.columns.is_empty() { Shape::One } else { Shape::Many };
        let statement = render_change(change, Dialect::POSTGRES, shape)?;
        text.clone_from(&statement.text);
        if shape == Shape::Many {
            return self.run_one(change, &statement, Given::All(rows), into).await;
        }
        let mut count = 0;
        for row in 0..rows.len() {
            count += self.run_one(change, &statement, Given::Row(rows, row), into).await?;
        }
        Ok(count)
    }

    async fn run_one(
        &mut self,
        change: &Change<'_>,
        statement: &ChangeStatement<'_>,
        given: Given<'_>,
        into: &mut dyn Receive,
    ) -> Result<u64> {
        let request = Request::dynamic(statement.text.clone(), binds(change.table(), statement, given));
        let query = Query::Select(&change.of);
        let returned = (!change.of.columns.is_empty()).then_some(&query);
        let (mut rows, mut check) = self.open(returned, &request).await?;
        let client = self.client()?;
        while let Some(row) = client.next(&mut rows).await.map_err(|error| error::of(&error))? {
            if let Err(error) = decode(&query, row, &mut check, into) {
                self.flow.draining = true;
                return Err(error);
            }
        }
        Ok(rows.affected())
    }
}

/// The parameters: cells of the rows, then everything else.
fn binds<'b>(table: &'static TableDef, statement: &ChangeStatement<'b>, given: Given<'b>) -> Vec<Bind<'b>> {
    let cells = statement.cells.iter().filter_map(|shape| match given {
        Given::Nothing => None,
        Given::Row(rows, row) => Some(Bind::cell(table, rows, row, shape.cell, shape.ty)),
        Given::All(rows) => Some(Bind::column(table, rows, shape)),
    });
    cells.chain(statement.bound.iter().map(|bound| Bind::bound(table, bound))).collect()
}
