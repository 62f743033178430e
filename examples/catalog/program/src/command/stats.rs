//! `catalog stats`: lists what the cars of each make cost.

use catalog_adapter::Catalog;
use catalog_domain::{MakeStatistics, price_statistics};
use serde_json::json;

use crate::car_shape::MakeShape;
use crate::cli::Format;
use crate::error::{End, Error};
use crate::output::{Column, Listing, shown};

const COLUMNS: [Column; 5] = [
    Column::right("CARS", 6),
    Column::right("LOWEST", 13),
    Column::right("AVERAGE", 13),
    Column::right("HIGHEST", 13),
    Column::last("MAKE"),
];

pub(crate) async fn run(mut catalog: Catalog, format: Format) -> Result<End, Error> {
    let makes = price_statistics(&mut catalog).await?;
    let mut listing = Listing::begin(format, &COLUMNS)?;
    makes.iter().try_for_each(|of| listing.push(|| cells(of), || json!(MakeShape::from(of))))?;
    listing.end()?;
    Ok(End::Done)
}

fn cells(of: &MakeStatistics) -> [String; 5] {
    [
        of.cars.to_string(),
        of.lowest.to_string(),
        of.average().to_string(),
        of.highest.to_string(),
        shown(of.make.as_str()),
    ]
}
