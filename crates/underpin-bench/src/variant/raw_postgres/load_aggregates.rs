//! Load of orders as three statements by hand: each level ordered by the one above, handed out while it arrives.

use std::collections::HashMap;
use std::pin::pin;

use futures_util::TryStreamExt;
use tokio_postgres::types::ToSql;
use tokio_postgres::{Client, Statement};

use super::connect;
use crate::domain::{Item, Line, Order};
use crate::failure::Result;
use crate::stage::Place;
use crate::tally::Tally;
use crate::variant::Contender;
use crate::workload::LoadAggregates;

const ORDERS: &str = "SELECT id, customer, version FROM orders ORDER BY id";

pub(super) const LINES: &str = "
    SELECT id, order_id, product, quantity
    FROM order_lines
    WHERE order_id IN (SELECT unnest($1::bigint[]))
    ORDER BY order_id, id
";

pub(super) const ITEMS: &str = "
    SELECT id, line_id, label
    FROM line_items
    WHERE line_id IN (SELECT unnest($1::bigint[]))
    ORDER BY line_id, id
";

pub(super) struct Load {
    client: Client,
    orders: Statement,
    lines: Statement,
    items: Statement,
}

impl Contender<LoadAggregates> for Load {
    const TECHNIQUE: &'static str = "three statements by hand";

    async fn open(place: &Place) -> Result<Self> {
        let client = connect(&place.url).await?;
        let (orders, lines, items) =
            (client.prepare(ORDERS).await?, client.prepare(LINES).await?, client.prepare(ITEMS).await?);
        Ok(Self { client, orders, lines, items })
    }

    async fn run(&mut self, (): ()) -> Result<Tally> {
        let mut orders = Vec::new();
        let none = std::iter::empty::<&(dyn ToSql + Sync)>();
        let mut rows = pin!(self.client.query_raw(&self.orders, none).await?);
        while let Some(row) = rows.try_next().await? {
            orders.push(Order {
                id: row.try_get(0)?,
                customer: row.try_get(1)?,
                version: row.try_get(2)?,
                lines: Vec::new(),
            });
        }
        fill(&self.client, &self.lines, &self.items, &mut orders).await?;
        Ok(Tally::of_orders(&orders))
    }
}

/// Loads lines and items into their orders.
pub(super) async fn fill(
    client: &Client,
    lines: &Statement,
    items: &Statement,
    orders: &mut [Order],
) -> Result<()> {
    let ids: Vec<i64> = orders.iter().map(|order| order.id).collect();
    let at: HashMap<i64, usize> = ids.iter().copied().enumerate().map(|(at, id)| (id, at)).collect();
    let mut places: Vec<(i64, usize, usize)> = Vec::new();
    let mut rows = pin!(client.query_raw(lines, [&ids]).await?);
    while let Some(row) = rows.try_next().await? {
        let order = at[&row.try_get(1)?];
        let line = Line {
            id: row.try_get(0)?,
            product: row.try_get(2)?,
            quantity: row.try_get(3)?,
            items: Vec::new(),
        };
        places.push((line.id, order, orders[order].lines.len()));
        orders[order].lines.push(line);
    }
    let ids: Vec<i64> = places.iter().map(|(id, ..)| *id).collect();
    let at: HashMap<i64, (usize, usize)> =
        places.into_iter().map(|(id, order, line)| (id, (order, line))).collect();
    let mut rows = pin!(client.query_raw(items, [&ids]).await?);
    while let Some(row) = rows.try_next().await? {
        let (order, line) = at[&row.try_get(1)?];
        orders[order].lines[line].items.push(Item { id: row.try_get(0)?, label: row.try_get(2)? });
    }
    Ok(())
}
