//! The ports: what the domain needs of the world.

mod code_host;
mod item_repository;
mod storage;
mod team_repository;
mod unit_of_work;
mod user_repository;

pub use code_host::{CodeHost, FoundRepository};
pub use item_repository::ItemRepository;
pub use storage::Storage;
pub use team_repository::TeamRepository;
pub use unit_of_work::UnitOfWork;
pub use user_repository::UserRepository;
