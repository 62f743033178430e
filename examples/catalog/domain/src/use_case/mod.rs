//! What the catalogue is for, a function each.

mod browse_catalog;
mod import_cars;
mod price_statistics;
mod search_catalog;

pub use browse_catalog::browse_catalog;
pub use import_cars::import_cars;
pub use price_statistics::price_statistics;
pub use search_catalog::search_catalog;
