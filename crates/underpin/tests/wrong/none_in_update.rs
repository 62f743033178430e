//! A column that is never NULL is set to `None`.

#[allow(unused)]
mod tables;
use tables::*;

async fn asked(uow: &mut UnitOfWork<Db>) {
    let _ = uow.update::<UserRow>().set(UserRow::AGE, None).all_rows().execute().await;
}

fn main() {}
