//! Save an order of 111 rows in which two items and a line have changed, one item is new and one is gone.
//!
//! The order is loaded before the clock starts. What has changed must be found out by comparing, and the order's version
//! must be checked and counted. Checked: counts, and sums of what was changed.

use super::{Workload, count, orders};
use crate::domain::{Item, Order};
use crate::failure::Result;
use crate::stage::Store;
use crate::variant::{Entry, Roster};

/// See the module.
pub(crate) struct SaveAggregate;

/// Changes an order as the workload says.
pub(crate) fn change(order: &mut Order) {
    order.lines[2].quantity = 1_000;
    order.lines[3].items[4].label.push_str(" changed");
    order.lines[7].items[0].label.push_str(" changed");
    let line = &mut order.lines[5];
    line.items.push(Item { id: line.id * 100 + orders::EACH + 1, label: "new".to_owned() });
    order.lines[6].items.remove(6);
}

impl Workload for SaveAggregate {
    const NAME: &'static str = "save-aggregate";
    const UNIT: &'static str = "order";
    const STEPS: usize = 20;

    type Input = i64;
    type Output = ();

    fn list(roster: &mut Roster) -> &mut Vec<Entry<Self>> {
        &mut roster.save_aggregate
    }

    async fn set_up(store: &mut Store) -> Result<()> {
        orders::create(store).await
    }

    async fn reset(store: &mut Store) -> Result<()> {
        orders::fill(store).await
    }

    fn input(step: usize) -> i64 {
        count(step) + 1
    }

    async fn check(store: &mut Store, outputs: Vec<()>) -> Result<()> {
        let done = count(outputs.len());
        store.expect("SELECT count(*) FROM line_items", 10_000).await?;
        store.expect("SELECT count(*) FROM line_items WHERE label LIKE '% changed'", done * 2).await?;
        store.expect("SELECT count(*) FROM line_items WHERE label = 'new'", done).await?;
        store.expect("SELECT count(*) FROM order_lines WHERE quantity = 1000", done).await?;
        store.expect("SELECT count(*) FROM orders WHERE version = 2", done).await
    }
}
