//! A place in the order of the cars, as a text that a client gives back: `278250.00_car_01h455vb4pex5vsknk084sn02q`.

use std::fmt;
use std::str::FromStr;

use catalog_domain::{Car, CarId, Page, Price};

/// Behind this car a page begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Cursor {
    price: Price,
    id: CarId,
}

impl Cursor {
    /// The place of a car.
    pub(crate) fn at(car: &Car) -> Self {
        Self { price: car.price, id: car.id }
    }

    /// Where the next page begins, if the page was full.
    pub(crate) fn behind(cars: &[Car], limit: u16) -> Option<Self> {
        cars.last().filter(|_| cars.len() == usize::from(limit)).map(Self::at)
    }

    /// The page behind the place.
    pub(crate) fn page(self, page: Page) -> Page {
        page.after(self.price, self.id)
    }
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}_{}", self.price, self.id)
    }
}

impl FromStr for Cursor {
    type Err = InvalidCursor;

    fn from_str(text: &str) -> Result<Self, InvalidCursor> {
        let (price, id) = text.split_once('_').ok_or(InvalidCursor)?;
        let cursor = Self {
            price: price.parse().map_err(|_| InvalidCursor)?,
            id: id.parse().map_err(|_| InvalidCursor)?,
        };
        // One text for each place.
        if cursor.to_string() == text { Ok(cursor) } else { Err(InvalidCursor) }
    }
}

/// That a text is no place in the order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct InvalidCursor;

impl fmt::Display for InvalidCursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("it is no place that a page before has given as its next one")
    }
}

impl std::error::Error for InvalidCursor {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_given_can_be_given_back() {
        let text = "278250.00_car_01h455vb4pex5vsknk084sn02q";
        assert_eq!(text.parse::<Cursor>().expect("a cursor").to_string(), text);
    }

    #[test]
    fn anything_else_is_refused() {
        for text in [
            "",
            "278250.00",
            "278250.0_car_01h455vb4pex5vsknk084sn02q",
            "-1.00_car_01h455vb4pex5vsknk084sn02q",
            "1.00_user_01h455vb4pex5vsknk084sn02q",
            "1.00_car_",
            " 1.00_car_01h455vb4pex5vsknk084sn02q",
        ] {
            assert_eq!(text.parse::<Cursor>(), Err(InvalidCursor), "{text}");
        }
    }
}
