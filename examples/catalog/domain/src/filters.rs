//! What is looked for.

use std::fmt;

use crate::{Car, ModelYear, Price, Range, Words};

/// Which cars are looked for. What is not said does not matter; capital letters never do.
///
/// ```
/// use catalog_domain::CatalogFilters;
///
/// let filters = CatalogFilters::new().make("honda".parse()?).years(Some(1990_i64.try_into()?), None)?;
/// assert_eq!(filters.make_wanted().map(|make| make.as_str()), Some("honda"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CatalogFilters {
    make: Option<Words>,
    model: Option<Words>,
    years: Range<ModelYear>,
    prices: Range<Price>,
}

impl CatalogFilters {
    /// Every car.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Only of this make.
    #[must_use]
    pub fn make(mut self, make: Words) -> Self {
        self.make = Some(make);
        self
    }

    /// Only of this model.
    #[must_use]
    pub fn model(mut self, model: Words) -> Self {
        self.model = Some(model);
        self
    }

    /// Only of these years, both included.
    ///
    /// # Errors
    /// If the first is above the last.
    pub fn years(mut self, from: Option<ModelYear>, to: Option<ModelYear>) -> Result<Self, InvalidFilters> {
        self.years = Range::new(from, to).ok_or(InvalidFilters::Years)?;
        Ok(self)
    }

    /// Only at these prices, both included.
    ///
    /// # Errors
    /// If the first is above the last.
    pub fn prices(mut self, from: Option<Price>, to: Option<Price>) -> Result<Self, InvalidFilters> {
        self.prices = Range::new(from, to).ok_or(InvalidFilters::Prices)?;
        Ok(self)
    }

    /// The make that is looked for.
    #[must_use]
    pub fn make_wanted(&self) -> Option<&Words> {
        self.make.as_ref()
    }

    /// The model that is looked for.
    #[must_use]
    pub fn model_wanted(&self) -> Option<&Words> {
        self.model.as_ref()
    }

    /// The years that are looked for.
    #[must_use]
    pub fn years_wanted(&self) -> Range<ModelYear> {
        self.years
    }

    /// The prices that are looked for.
    #[must_use]
    pub fn prices_wanted(&self) -> Range<Price> {
        self.prices
    }

    /// Whether this car is one of those that are looked for.
    #[must_use]
    pub fn fits(&self, car: &Car) -> bool {
        let is = |wanted: &Option<Words>, words: &Words| {
            wanted.as_ref().is_none_or(|wanted| wanted.is_alike(words))
        };
        is(&self.make, &car.make)
            && is(&self.model, &car.model)
            && self.years.holds(car.year)
            && self.prices.holds(car.price)
    }
}

/// That nothing can fit what is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum InvalidFilters {
    /// The first year is above the last.
    Years,
    /// The lowest price is above the highest.
    Prices,
}

impl fmt::Display for InvalidFilters {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Years => "the first year is above the last",
            Self::Prices => "the lowest price is above the highest",
        })
    }
}

impl std::error::Error for InvalidFilters {}

#[cfg(test)]
mod tests {
    use super::*;

    fn year(year: i64) -> Option<ModelYear> {
        year.try_into().ok()
    }

    fn price(text: &str) -> Option<Price> {
        text.parse().ok()
    }

    #[test]
    fn a_range_that_is_upside_down_is_refused() {
        let filters = CatalogFilters::new;
        assert_eq!(filters().years(year(2001), year(2000)), Err(InvalidFilters::Years));
        assert_eq!(filters().prices(price("10"), price("9.99")), Err(InvalidFilters::Prices));
    }

    #[test]
    fn a_range_may_be_one_value_or_open() {
        let filters =
            CatalogFilters::new().years(year(2000), year(2000)).and_then(|f| f.prices(None, price("1")));
        let filters = filters.expect("both are ranges");
        assert_eq!(filters.years_wanted().low(), filters.years_wanted().high());
        assert_eq!((filters.prices_wanted().low(), filters.prices_wanted().high()), (None, price("1")));
    }
}
