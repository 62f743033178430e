//! Work whose end is not told.

#[allow(unused)]
mod tables;
use tables::*;

async fn asked(db: &Database<Db>) {
    let _ = db
        .run(|mut uow| async move {
            let _ = uow.get::<User>(1).await;
        })
        .await;
}

fn main() {}
