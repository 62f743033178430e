//! Users, teams and items as JSON. The spelling is a promise to whoever reads it: change it by adding only.

mod attributes;
mod item;
mod team;
mod user;

pub(crate) use attributes::{AttributesText, of_json};
pub(crate) use item::ItemShape;
pub(crate) use team::{MembershipShape, OverviewShape, TeamShape};
pub(crate) use user::UserShape;
