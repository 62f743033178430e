//! The domain of the team catalogue: who belongs to which team, and what the teams own.
//!
//! Plain Rust: no database, no serialization, no clock and no runtime. What the domain needs of the world it says as
//! traits, the ports; adapters implement them.
//!
//! - [`User`], [`Team`] with its [`Membership`]s, [`CatalogItem`]: the model. A team is the aggregate that holds its
//!   memberships; users and items stand beside it and are named by their ids.
//! - [`Storage`], [`UnitOfWork`] and a repository for each: the ports.
//! - a function for each use case, one unit of work each.

mod attributes;
mod catalog_item;
mod description;
mod email;
mod failure;
mod membership;
mod name;
mod overview;
mod page;
mod port;
mod reference;
mod repository_url;
mod slug;
mod team;
mod use_case;
mod user;

pub use attributes::{Attribute, Attributes, InvalidAttributes};
pub use catalog_item::{CatalogItem, CatalogItemId, InvalidItemKind, ItemChange, ItemDraft, ItemKind};
pub use description::{Description, InvalidDescription};
pub use email::{Email, InvalidEmail};
pub use failure::{Failure, Refusal};
pub use membership::{InvalidRole, Membership, Role};
pub use name::{InvalidName, Name};
pub use overview::TeamOverview;
pub use page::{InvalidPage, Page};
pub use port::{
    CodeHost, FoundRepository, ItemRepository, Storage, TeamRepository, UnitOfWork, UserRepository,
};
pub use reference::{InvalidTeamRef, InvalidUserRef, TeamRef, UserRef};
pub use repository_url::{InvalidRepositoryUrl, RepositoryUrl};
pub use slug::{InvalidSlug, Slug};
pub use team::{Team, TeamId, TeamState};
pub use use_case::{
    ImportFailure, add_item, add_user, change_item, change_role, delete_team, found_team, import_items,
    join_team, leave_team, list_items, list_teams, list_users, remove_item, remove_user, show_item,
    show_team, show_user,
};
pub use user::{User, UserId};
