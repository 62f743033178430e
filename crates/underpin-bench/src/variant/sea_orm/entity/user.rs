//! The entity of `users`.

use sea_orm::Set;
use sea_orm::entity::prelude::*;

use crate::domain::User;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "users")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: String,
    #[sea_orm(unique)]
    pub(crate) email: String,
    pub(crate) email_verified: bool,
    pub(crate) created_at: DateTimeUtc,
    pub(crate) updated_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// A user to insert.
pub(crate) fn new(u: User) -> ActiveModel {
    ActiveModel {
        id: Set(u.id),
        email: Set(u.email),
        email_verified: Set(u.email_verified),
        created_at: Set(u.created_at),
        updated_at: Set(u.updated_at),
    }
}
