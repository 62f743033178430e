//! A row is added as if it were an entity.

#[allow(unused)]
mod tables;
use tables::*;

async fn asked(uow: &mut UnitOfWork<Db>, mut row: UserRow) {
    let _ = uow.add(&mut row);
}

fn main() {}
