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
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_average_is_rounded_once() {
        let price = |text: &str| text.parse::<Price>().expect(text);
        let make: Words = "Kia".parse().expect("words");
        for (prices, average) in [
            (&["1.00"][..], "1.00"),
            (&["0.00", "0.01"], "0.01"),
            (&["1.00", "1.00", "1.01"], "1.00"),
            (&["9999999999.99", "9999999999.98"], "9999999999.99"),
        ] {
            let total = prices.iter().map(|text| price(text).amount()).sum();
            let (lowest, highest) = (price(prices[0]), price(prices[0]));
            let all =
                MakeStatistics { make: make.clone(), cars: prices.len() as u64, lowest, highest, total };
            assert_eq!(all.average().to_string(), average, "{prices:?}");
        }
    }
}
