//! The domain of the catalogue: cars on sale, and finding the right one.
//!
//! Plain Rust: no database, no serialization, no runtime. What the domain needs of the world it says as traits, the
//! ports; adapters implement them.
//!
//! - [`Car`], [`Price`], [`ModelYear`]: the model. Money is a decimal; a float appears nowhere.
//! - [`CatalogFilters`], [`Paging`], [`Page`]: what is looked for, and how much of it at a time.
//! - [`CatalogRepository`]: the port.
//! - [`search_catalog`], [`browse_catalog`], [`import_cars`], [`price_statistics`]: the use cases.

mod car;
mod filters;
mod model_year;
mod paging;
mod port;
mod price;
mod range;
mod statistics;
mod use_case;
mod words;

pub use car::{Car, CarId};
pub use filters::{CatalogFilters, InvalidFilters};
pub use model_year::{InvalidModelYear, ModelYear};
pub use paging::{InvalidPaging, Page, Paging};
pub use port::CatalogRepository;
pub use price::{InvalidPrice, Price};
pub use range::Range;
pub use statistics::MakeStatistics;
pub use use_case::{browse_catalog, import_cars, price_statistics, search_catalog};
pub use words::{InvalidWords, Words};
