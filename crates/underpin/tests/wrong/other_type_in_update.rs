//! A column is set to a value of another type.

#[allow(unused)]
mod tables;
use tables::*;

async fn asked(uow: &mut UnitOfWork<Db>) {
    let _ = uow.update::<UserRow>().set(UserRow::EMAIL, 3).all_rows().execute().await;
}

fn main() {}
