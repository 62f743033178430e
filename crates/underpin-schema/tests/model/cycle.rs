//! Tables that refer to each other.

use crate::Table;

/// A nest, which belongs to a chicken and refers to a nest too.
#[derive(Table)]
#[table(name = "nests")]
pub struct NestRow {
    #[column(primary_key)]
    pub id: i32,
    #[column(references = ChickenRow::ID, on_delete = cascade)]
    pub chicken: i32,
    #[column(references = Self::ID, on_delete = set_null)]
    pub beside: Option<i32>,
}

/// A chicken comes out of an egg.
#[derive(Table)]
#[table(name = "chickens")]
pub struct ChickenRow {
    #[column(primary_key)]
    pub id: i32,
    #[column(references = EggRow::ID, deferred)]
    pub egg: i32,
}

/// An egg is laid by a chicken.
#[derive(Table)]
#[table(name = "eggs")]
pub struct EggRow {
    #[column(primary_key)]
    pub id: i32,
    #[column(references = ChickenRow::ID, deferred)]
    pub layer: i32,
}
