//! The entity of `cars` in SQLite: the price is in hundredths.

use sea_orm::Set;
use sea_orm::entity::prelude::*;

use crate::domain::Car;
use crate::tally::cents;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "cars")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false, column_type = "Text")]
    pub(crate) id: String,
    #[sea_orm(column_type = "Text")]
    pub(crate) make: String,
    #[sea_orm(column_type = "Text")]
    pub(crate) model: String,
    pub(crate) year: i32,
    pub(crate) price_mxn: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    /// The price as the domain has it.
    pub(crate) fn price(&self) -> rust_decimal::Decimal {
        rust_decimal::Decimal::new(self.price_mxn, 2)
    }
}

/// A car to insert.
pub(crate) fn new(c: Car) -> ActiveModel {
    ActiveModel {
        id: Set(c.id),
        make: Set(c.make),
        model: Set(c.model),
        year: Set(c.year),
        price_mxn: Set(cents(c.price_mxn)),
    }
}
