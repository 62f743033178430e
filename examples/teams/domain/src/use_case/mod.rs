//! What the catalogue is for, a function each: begin a unit of work, ask the model, commit.

mod add_item;
mod add_user;
mod change_item;
mod change_role;
mod delete_team;
mod found_team;
mod import_items;
mod join_team;
mod leave_team;
mod list_items;
mod list_teams;
mod list_users;
mod remove_item;
mod remove_user;
mod show_item;
mod show_team;
mod show_user;

pub use add_item::add_item;
pub use add_user::add_user;
pub use change_item::change_item;
pub use change_role::change_role;
pub use delete_team::delete_team;
pub use found_team::found_team;
pub use import_items::{ImportFailure, import_items};
pub use join_team::join_team;
pub use leave_team::leave_team;
pub use list_items::list_items;
pub use list_teams::list_teams;
pub use list_users::list_users;
pub use remove_item::remove_item;
pub use remove_user::remove_user;
pub use show_item::show_item;
pub use show_team::show_team;
pub use show_user::show_user;
