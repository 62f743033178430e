//! A script asks for an entity by a key of another type.

#[allow(unused)]
mod tables;
use tables::*;

fn asked(uow: &mut underpin::blocking::UnitOfWork<Db>) {
    let _ = uow.get::<User>("one");
}

fn main() {}
