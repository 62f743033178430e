//! What the catalogue is for, a function each: begin a unit of work, ask the model, commit.

mod add_item;
mod add_user;
mod change_role;
mod delete_team;
mod found_team;
mod import_items;
mod join_team;
mod leave_team;
mod show_team;

pub use add_item::add_item;
pub use add_user::add_user;
pub use change_role::change_role;
pub use delete_team::delete_team;
pub use found_team::found_team;
pub use import_items::import_items;
pub use join_team::join_team;
pub use leave_team::leave_team;
pub use show_team::show_team;
