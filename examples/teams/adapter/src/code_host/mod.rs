//! The code host of the domain: over HTTP, as GitHub has it, and in memory.

mod answer;
mod base_url;
mod connect;
mod error;
mod http;
mod memory;
mod organisation;
mod token;

pub use base_url::{BaseUrl, InvalidBaseUrl};
pub use error::CodeHostError;
pub use http::HttpCodeHost;
pub use memory::KnownRepositories;
pub use organisation::{InvalidOrganisation, Organisation};
pub use token::{InvalidToken, Token};
