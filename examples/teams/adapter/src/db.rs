//! The marker of this program's database.

use teams_domain::Team;
use underpin::{Schema, SchemaBuilder, Store, aggregate};

use crate::row::{CatalogItemRow, TeamRow, UserRow, UserTeamLinkRow};

/// The database of this program, as a type: `impl Entity<Db> for User` says how a user is stored *here*.
#[derive(Debug, Clone, Copy)]
pub struct Db;

impl Store for Db {
    fn schema() -> SchemaBuilder {
        Schema::builder()
            .table::<UserRow>()
            .table::<TeamRow>()
            .table::<UserTeamLinkRow>()
            .table::<CatalogItemRow>()
            .verify(aggregate::<Self, Team>)
    }
}
