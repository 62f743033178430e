//! The ports: what the domain needs of the world.
//!
//! They are plain traits. Futures are `Send`, so that a use case can run on any thread; no runtime is named.

mod secret_vault;
mod storage;
mod unit_of_work;
mod user_repository;

pub use secret_vault::SecretVault;
pub use storage::Storage;
pub use unit_of_work::UnitOfWork;
pub use user_repository::UserRepository;
