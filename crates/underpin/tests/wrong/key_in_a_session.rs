//! A read session is asked for an entity by a key of another type.

#[allow(unused)]
mod tables;
use tables::*;

async fn asked(session: &mut underpin::ReadSession<Db>) {
    let _ = session.get::<User>("one").await;
}

fn main() {}
