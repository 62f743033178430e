//! The entities.

pub(super) mod account;
pub(super) mod car;
pub(super) mod event;
pub(super) mod user;
