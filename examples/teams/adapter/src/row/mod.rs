//! The tables, one struct each.

mod catalog_item;
mod team;
mod user;
mod user_team_link;

pub use catalog_item::{CatalogItemRow, ItemKindLabel};
pub use team::TeamRow;
pub use user::UserRow;
pub use user_team_link::{RoleLabel, UserTeamLinkRow};
