//! The entity of `cars` in PostgreSQL.

use sea_orm::Set;
use sea_orm::entity::prelude::*;

use crate::domain::Car;

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
    #[sea_orm(column_type = "Decimal(Some((12, 2)))")]
    pub(crate) price_mxn: Decimal,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// A car to insert.
pub(crate) fn new(c: Car) -> ActiveModel {
    ActiveModel {
        id: Set(c.id),
        make: Set(c.make),
        model: Set(c.model),
        year: Set(c.year),
        price_mxn: Set(c.price_mxn),
    }
}
