//! Random orders, changed at random.

use std::collections::BTreeMap;

use super::rng::Rng;
use crate::model::{Item, Line, Order};

/// Changes orders at random: what is in them, what they have, and where it belongs.
#[derive(Debug)]
pub struct Changes {
    rng: Rng,
    next: i64,
}

impl Changes {
    /// From a seed.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self { rng: Rng::new(seed), next: 1_000 }
    }

    /// A number below `bound`.
    pub fn below(&mut self, bound: usize) -> usize {
        usize::try_from(self.rng.below(bound.max(1) as u64)).unwrap_or(0)
    }

    fn fresh(&mut self) -> i64 {
        self.next += 1;
        self.next
    }

    /// Changes the orders a few times.
    pub fn change(&mut self, orders: &mut Vec<Order>) {
        for _ in 0..=self.below(6) {
            self.once(orders);
        }
        for order in orders {
            tidy(order);
        }
    }

    fn once(&mut self, orders: &mut Vec<Order>) {
        if orders.is_empty() || self.rng.chance(8) {
            let id = self.fresh();
            let (lines, items) = (self.below(4) as i64, self.below(3) as i64);
            orders.push(Order::filled(id, lines, items));
            return;
        }
        let at = self.below(orders.len());
        let other = self.below(orders.len());
        let number = self.fresh();
        match self.below(12) {
            0 => orders[at].customer = format!("customer {number}"),
            1 => orders[at].address = self.rng.chance(60).then(|| format!("lane {number}")),
            2 => {
                let tag = 1 + self.below(4) as i64;
                orders[at].tags.retain(|(known, _)| *known != tag);
            }
            3 => {
                let tag = 1 + self.below(4) as i64;
                orders[at].tags.retain(|(known, _)| *known != tag);
                let reason = self.rng.chance(50).then(|| number.to_string());
                orders[at].tags.push((tag, reason));
            }
            4 if self.rng.chance(40) => {
                orders.remove(at);
            }
            5 => {
                let items = vec![Item { id: self.fresh(), label: "new".to_owned() }];
                orders[at].lines.push(Line { id: number, place: 0, quantity: 1, items });
            }
            6 | 7 if !orders[at].lines.is_empty() => {
                let line = self.below(orders[at].lines.len());
                let line = orders[at].lines.remove(line);
                // To another order, to another place, or away.
                if self.rng.chance(60) {
                    orders[other].lines.push(line);
                }
            }
            8 if !orders[at].lines.is_empty() => {
                let line = self.below(orders[at].lines.len());
                orders[at].lines[line].quantity = i32::try_from(number).unwrap_or(0);
            }
            _ => self.change_items(orders, at, other),
        }
    }

    fn change_items(&mut self, orders: &mut [Order], at: usize, other: usize) {
        if orders[at].lines.is_empty() || orders[other].lines.is_empty() {
            return;
        }
        let (line, to) = (self.below(orders[at].lines.len()), self.below(orders[other].lines.len()));
        let number = self.fresh();
        let items = &mut orders[at].lines[line].items;
        match items.len() {
            0 => items.push(Item { id: number, label: "first".to_owned() }),
            count => {
                let item = self.below(count);
                match self.below(4) {
                    0 => items[item].label = format!("label {number}"),
                    1 => {
                        items.remove(item);
                    }
                    2 => items.push(Item { id: number, label: "another".to_owned() }),
                    _ => {
                        let item = items.remove(item);
                        orders[other].lines[to].items.push(item);
                    }
                }
            }
        }
    }
}

/// Puts everything in the order of its key; lines take their places as they came.
fn tidy(order: &mut Order) {
    for (place, line) in order.lines.iter_mut().enumerate() {
        line.place = i32::try_from(place).unwrap_or(0);
        line.items.sort_by_key(|item| item.id);
    }
    order.lines.sort_by_key(|line| line.id);
    order.tags.sort();
}

/// The rows of orders, by table and key, without versions.
#[must_use]
pub fn rows(orders: &[Order]) -> BTreeMap<(&'static str, i64, i64), String> {
    let mut rows = BTreeMap::new();
    for order in orders {
        rows.insert(("orders", order.id, 0), order.customer.clone());
        for line in &order.lines {
            let content = format!("{} {} {}", order.id, line.place, line.quantity);
            rows.insert(("order_lines", line.id, 0), content);
            for item in &line.items {
                rows.insert(("line_items", item.id, 0), format!("{} {}", line.id, item.label));
            }
        }
        if let Some(street) = &order.address {
            rows.insert(("order_addresses", order.id, 0), street.clone());
        }
        for (tag, reason) in &order.tags {
            rows.insert(("order_tags", order.id, *tag), format!("{reason:?}"));
        }
    }
    rows
}

/// The fewest rows that must be written to make the first the second: rows that differ, and the version of each order
/// that lasts and of which something differs.
#[must_use]
pub fn fewest_changes(before: &[Order], after: &[Order]) -> usize {
    let (old, new) = (rows(before), rows(after));
    let gone = old.keys().filter(|key| !new.contains_key(*key)).count();
    let written = new.iter().filter(|(key, row)| old.get(*key) != Some(*row)).count();
    let bumped = before.iter().filter(|was| {
        let Some(is) = after.iter().find(|is| is.id == was.id) else { return false };
        let alone = |order: &Order| rows(std::slice::from_ref(order));
        was.customer == is.customer && alone(was) != alone(is)
    });
    gone + written + bumped.count()
}
