//! What the cars of a make cost.

use rust_decimal::{Decimal, RoundingStrategy};

use crate::{Price, Words};

/// What the cars of one make cost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MakeStatistics {
    /// Who made them.
    pub make: Words,
    /// How many there are; at least one.
    pub cars: u64,
    /// The lowest price.
    pub lowest: Price,
    /// The highest price.
    pub highest: Price,
    /// What all of them cost together, exactly.
    pub total: Decimal,
}

impl MakeStatistics {
    /// The average price, rounded once, half away from zero, to two digits behind the point.
    ///
    /// ```
    /// use catalog_domain::MakeStatistics;
    ///
    /// let lowest = "0.01".parse()?;
    /// let highest = "0.02".parse()?;
    /// let total = "0.03".parse()?;
    /// let two = MakeStatistics { make: "Kia".parse()?, cars: 2, lowest, highest, total };
    /// assert_eq!(two.average().to_string(), "0.02");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn average(&self) -> Decimal {
        let average = self.total.checked_div(self.cars.into()).unwrap_or(self.total);
        let mut average =
            average.round_dp_with_strategy(Price::SCALE, RoundingStrategy::MidpointAwayFromZero);
        average.rescale(Price::SCALE);
        average
    }

    /// The statistics of one make, with one more car of it.
    #[must_use]
    pub fn with(self, price: Price) -> Self {
        Self {
            cars: self.cars + 1,
            lowest: self.lowest.min(price),
            highest: self.highest.max(price),
            total: self.total + price.amount(),
            ..self
        }
    }

    /// The statistics of a make of which there is one car.
    #[must_use]
    pub fn of_one(make: Words, price: Price) -> Self {
        Self { make, cars: 1, lowest: price, highest: price, total: price.amount() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_average_is_rounded_once() {
        let price = |text: &str| text.parse::<Price>().expect(text);
        let make = || "Kia".parse().expect("words");
        for (prices, average) in [
            (&["1.00"][..], "1.00"),
            (&["0.00", "0.01"], "0.01"),
            (&["1.00", "1.00", "1.01"], "1.00"),
            (&["9999999999.99", "9999999999.98"], "9999999999.99"),
        ] {
            let first = MakeStatistics::of_one(make(), price(prices[0]));
            let all = prices[1..].iter().fold(first, |all, next| all.with(price(next)));
            assert_eq!(all.average().to_string(), average, "{prices:?}");
        }
    }
}
