//! Two questions to one unit of work at the same time.

#[allow(unused)]
mod tables;
use tables::*;

async fn asked(uow: &mut UnitOfWork<Db>) {
    let (one, two) = (uow.get::<User>(1), uow.get::<User>(2));
    let _ = (one.await, two.await);
}

fn main() {}
