//! What the wrong programs speak of.

pub use underpin::prelude::*;
pub use underpin::query::{count, from};

pub struct Db;
pub struct OtherDb;

impl Store for Db {
    fn schema() -> SchemaBuilder {
        Schema::builder().table::<UserRow>().table::<OrderRow>()
    }
}

impl Store for OtherDb {
    fn schema() -> SchemaBuilder {
        Schema::builder().table::<UserRow>()
    }
}

#[derive(Table)]
#[table(name = "users")]
pub struct UserRow {
    #[column(primary_key)]
    pub id: i64,
    pub email: String,
    pub age: i32,
}

#[derive(Table)]
#[table(name = "orders")]
pub struct OrderRow {
    #[column(primary_key)]
    pub id: i64,
    pub user: i64,
}

pub struct User {
    pub id: i64,
    pub email: String,
    pub age: i32,
}

impl Entity<Db> for User {
    type Row = UserRow;
    fn to_row(&self) -> UserRow {
        UserRow { id: self.id, email: self.email.clone(), age: self.age }
    }
    fn from_row(row: UserRow) -> Result<Self, MappingError> {
        let UserRow { id, email, age } = row;
        Ok(Self { id, email, age })
    }
}

impl Events<Db> for User {}
