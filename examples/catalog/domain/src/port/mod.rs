//! The ports: what the domain needs of the world.

mod catalog_repository;

pub use catalog_repository::CatalogRepository;
