//! The entity of `accounts`.

use sea_orm::Set;
use sea_orm::entity::prelude::*;

use crate::domain::Account;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "accounts")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: i64,
    #[sea_orm(column_type = "Text")]
    pub(crate) name: String,
    #[sea_orm(column_type = "Decimal(Some((14, 2)))")]
    pub(crate) balance: Decimal,
    pub(crate) version: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// An account to insert.
pub(crate) fn new(a: Account) -> ActiveModel {
    ActiveModel { id: Set(a.id), name: Set(a.name), balance: Set(a.balance), version: Set(a.version) }
}
