//! A primary key that cannot be compared exactly.

#[allow(unused)]
mod tables;
use tables::*;

#[derive(Table)]
#[table(name = "points")]
struct PointRow {
    #[column(primary_key)]
    at: f64,
    label: String,
}

fn main() {}
