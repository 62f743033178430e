//! The domain of the finance example: what a user and a secret are, what may happen to them, and what that needs.
//!
//! Plain Rust: no database, no serialization, no clock and no runtime. What the domain needs of the world it says as
//! traits, the ports; adapters implement them.
//!
//! - [`User`], [`Email`], [`Secret`] and their events: the model.
//! - [`Storage`], [`UnitOfWork`], [`UserRepository`], [`SecretVault`]: the ports.
//! - [`register`], [`register_all`], [`verify_email`], [`change_email`], [`keep_secret`], [`open_secret`],
//!   [`list_secrets`], [`forget_secret`]: the use cases, one unit of work each.

mod domain_event;
mod email;
mod failure;
mod port;
mod secret;
mod secret_type;
mod secret_value;
mod use_case;
mod user;
mod user_event;

pub use domain_event::DomainEvent;
pub use email::{Email, InvalidEmail};
pub use failure::Failure;
pub use port::{SecretVault, Storage, UnitOfWork, UserRepository};
pub use secret::{Secret, SecretNotFound};
pub use secret_type::{InvalidSecretType, SecretType};
pub use secret_value::SecretValue;
pub use use_case::{
    change_email, forget_secret, keep_secret, list_secrets, open_secret, register, register_all, verify_email,
};
pub use user::{AlreadyVerified, EmailTaken, User, UserId, UserNotFound, UserState};
pub use user_event::{UserEvent, UserFact};
