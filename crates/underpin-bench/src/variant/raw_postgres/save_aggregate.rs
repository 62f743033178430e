//! The save of an order by hand: compared with what was loaded, written by five statements pipelined.

use std::collections::HashMap;

use tokio_postgres::{Client, Statement};

use super::connect;
use super::load_aggregates::{ITEMS, LINES, fill};
use super::statement::Parameters;
use crate::domain::{Item, Order};
use crate::failure::Result;
use crate::stage::Place;
use crate::variant::Contender;
use crate::workload::{SaveAggregate, change};

const ORDER: &str = "SELECT id, customer, version FROM orders WHERE id = $1";

// COMMIT is on its way already, so that an order which is not in the loaded version must abort the transaction by itself.
const VERSION: &str = "
    WITH changed AS (
        UPDATE orders
        SET version = version + 1
        WHERE id = $1 AND version = $2
        RETURNING 1
    )
    SELECT 1 / (SELECT count(*) FROM changed)::integer
";

const CHANGE_LINES: &str = "
    UPDATE order_lines
    SET product = wanted.product, quantity = wanted.quantity
    FROM unnest($1::bigint[], $2::text[], $3::integer[]) AS wanted (id, product, quantity)
    WHERE order_lines.id = wanted.id
";

const CHANGE_ITEMS: &str = "
    UPDATE line_items
    SET label = wanted.label
    FROM unnest($1::bigint[], $2::text[]) AS wanted (id, label)
    WHERE line_items.id = wanted.id
";

const ADD_ITEMS: &str = "
    INSERT INTO line_items (id, line_id, label)
    SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::text[])
";

const REMOVE_ITEMS: &str = "DELETE FROM line_items WHERE id = ANY($1)";

pub(super) struct Save {
    client: Client,
    order: Statement,
    lines: Statement,
    items: Statement,
    version: Statement,
    change_lines: Statement,
    change_items: Statement,
    add_items: Statement,
    remove_items: Statement,
    loaded: Option<Order>,
}

impl Contender<SaveAggregate> for Save {
    const TECHNIQUE: &'static str = "compared by hand, five statements pipelined";

    async fn open(place: &Place) -> Result<Self> {
        let client = connect(&place.url).await?;
        Ok(Self {
            order: client.prepare(ORDER).await?,
            lines: client.prepare(LINES).await?,
            items: client.prepare(ITEMS).await?,
            version: client.prepare(VERSION).await?,
            change_lines: client.prepare(CHANGE_LINES).await?,
            change_items: client.prepare(CHANGE_ITEMS).await?,
            add_items: client.prepare(ADD_ITEMS).await?,
            remove_items: client.prepare(REMOVE_ITEMS).await?,
            loaded: None,
            client,
        })
    }

    async fn prepare(&mut self, id: &i64) -> Result<()> {
        let row = self.client.query_one(&self.order, &[id]).await?;
        let mut orders = [Order {
            id: row.try_get(0)?,
            customer: row.try_get(1)?,
            version: row.try_get(2)?,
            lines: Vec::new(),
        }];
        fill(&self.client, &self.lines, &self.items, &mut orders).await?;
        let [order] = orders;
        self.loaded = Some(order);
        Ok(())
    }

    async fn run(&mut self, _: i64) -> Result<()> {
        let before = self.loaded.take().ok_or("the order is loaded")?;
        let mut order = before.clone();
        change(&mut order);

        let old_lines: HashMap<i64, _> = before.lines.iter().map(|line| (line.id, line)).collect();
        let mut old_items: HashMap<i64, &Item> =
            before.lines.iter().flat_map(|line| &line.items).map(|item| (item.id, item)).collect();
        let (mut line_ids, mut products, mut quantities) = (Vec::new(), Vec::new(), Vec::new());
        let (mut item_ids, mut labels) = (Vec::new(), Vec::new());
        let (mut new_ids, mut new_lines, mut new_labels) = (Vec::new(), Vec::new(), Vec::new());
        for line in &order.lines {
            let old = old_lines.get(&line.id).ok_or("this workload adds no line")?;
            if (&old.product, old.quantity) != (&line.product, line.quantity) {
                line_ids.push(line.id);
                products.push(line.product.as_str());
                quantities.push(line.quantity);
            }
            for item in &line.items {
                match old_items.remove(&item.id) {
                    Some(old) if old == item => {}
                    Some(_) => {
                        item_ids.push(item.id);
                        labels.push(item.label.as_str());
                    }
                    None => {
                        new_ids.push(item.id);
                        new_lines.push(line.id);
                        new_labels.push(item.label.as_str());
                    }
                }
            }
        }
        let gone: Vec<i64> = old_items.into_keys().collect();
        let version: Parameters<'_> = &[&order.id, &order.version];
        let change_lines: Parameters<'_> = &[&line_ids, &products, &quantities];
        let change_items: Parameters<'_> = &[&item_ids, &labels];
        let add: Parameters<'_> = &[&new_ids, &new_lines, &new_labels];
        let remove: Parameters<'_> = &[&gone];
        let client = &self.client;
        let (begin, removed, version, lines, items, added, commit) = tokio::join!(
            biased;
            client.batch_execute("BEGIN"),
            client.execute(&self.remove_items, remove),
            client.execute(&self.version, version),
            client.execute(&self.change_lines, change_lines),
            client.execute(&self.change_items, change_items),
            client.execute(&self.add_items, add),
            client.batch_execute("COMMIT"),
        );
        begin?;
        removed?;
        version?;
        lines?;
        items?;
        added?;
        commit?;
        Ok(())
    }
}
