//! A store that builds its schema itself.

#[allow(unused)]
mod tables;
use tables::*;

struct Shop;

impl Store for Shop {
    fn schema() -> SchemaBuilder {
        Schema::builder().table::<UserRow>().build()
    }
}

fn main() {}
