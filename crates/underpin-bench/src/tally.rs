//! A checksum over rows that were read, so that a variant which drops, repeats or misreads a row is found out.

use chrono::{DateTime, Utc};
use rust_decimal::Decimal;

use crate::domain::{Car, Order, User};

/// How many rows were read, and a sum into which every column enters.
///
/// It costs a few nanoseconds per row, the same for every variant.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    pub(crate) rows: usize,
    sum: i64,
}

impl Tally {
    /// Enters one user by its columns.
    pub(crate) fn user(
        &mut self,
        id: &str,
        email: &str,
        email_verified: bool,
        created_at: DateTime<Utc>,
        updated_at: DateTime<Utc>,
    ) {
        self.rows += 1;
        self.sum = self
            .sum
            .wrapping_add(text(id))
            .wrapping_add(text(email))
            .wrapping_add(i64::from(email_verified))
            .wrapping_add(created_at.timestamp_micros())
            .wrapping_add(updated_at.timestamp_micros() % 7919);
    }

    /// Enters one car by its columns.
    pub(crate) fn car(&mut self, id: &str, make: &str, model: &str, year: i32, price_mxn: Decimal) {
        self.rows += 1;
        self.sum = self
            .sum
            .wrapping_add(text(id))
            .wrapping_add(text(make))
            .wrapping_add(text(model))
            .wrapping_add(i64::from(year) * 31)
            .wrapping_add(cents(price_mxn));
    }

    /// Enters one row of an aggregate; where it stands counts.
    pub(crate) fn row(&mut self, id: i64, text_of: &str, number: i64) {
        self.rows += 1;
        self.sum =
            self.sum.wrapping_mul(31).wrapping_add(id).wrapping_add(text(text_of)).wrapping_add(number);
    }

    /// Enters orders with all that they have. An item counts by its place.
    pub(crate) fn of_orders(orders: &[Order]) -> Self {
        let mut tally = Self::default();
        for order in orders {
            tally.row(order.id, &order.customer, order.version);
            for line in &order.lines {
                tally.row(line.id, &line.product, line.quantity.into());
                for (item, place) in line.items.iter().zip(1..) {
                    tally.row(item.id, &item.label, place);
                }
            }
        }
        tally
    }

    /// What a variant must have found if these were the rows.
    pub(crate) fn of_users(users: impl Iterator<Item = User>) -> Self {
        let mut tally = Self::default();
        for u in users {
            tally.user(&u.id, &u.email, u.email_verified, u.created_at, u.updated_at);
        }
        tally
    }

    /// What a variant must have found if these were the rows.
    pub(crate) fn of_cars(cars: impl Iterator<Item = Car>) -> Self {
        let mut tally = Self::default();
        for c in cars {
            tally.car(&c.id, &c.make, &c.model, c.year, c.price_mxn);
        }
        tally
    }

    /// The tally of both together.
    pub(crate) fn plus(self, other: Self) -> Self {
        Self { rows: self.rows + other.rows, sum: self.sum.wrapping_add(other.sum) }
    }
}

/// Length and last byte: cheap, and it tells neighbours apart.
fn text(value: &str) -> i64 {
    let last = value.as_bytes().last().copied().unwrap_or_default();
    i64::try_from(value.len()).unwrap_or_default() * 257 + i64::from(last)
}

/// The amount in hundredths, whatever scale the driver decoded it with.
pub(crate) fn cents(amount: Decimal) -> i64 {
    let exact = if amount.scale() == 2 {
        amount.mantissa()
    } else {
        let mut scaled = amount;
        scaled.rescale(2);
        scaled.mantissa()
    };
    i64::try_from(exact).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;

    #[test]
    fn a_misread_column_changes_the_sum() {
        let right = Tally::of_cars((0..10).map(sample::car));
        let wrong = Tally::of_cars((0..10).map(|n| {
            let mut car = sample::car(n);
            if n == 4 {
                car.price_mxn += Decimal::new(1, 2);
            }
            car
        }));
        assert_eq!(right.rows, wrong.rows);
        assert_ne!(right, wrong);
    }

    #[test]
    fn scale_does_not_matter() {
        assert_eq!(cents(Decimal::new(15, 1)), 150);
        assert_eq!(cents(Decimal::new(150, 2)), 150);
    }
}
