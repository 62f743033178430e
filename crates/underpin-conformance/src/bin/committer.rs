//! Commits units of work as fast as it can, until it is killed: the victim of `tests/killed.rs`.
//!
//! `committer URL FIRST_ID`: unit of work number n adds five persons and one team, changes two of the persons in a
//! second flush, and raises one event for each addition and change. It says when the first is committed.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a failure must end the process with a message")]

use underpin::Database;
use underpin::prelude::*;
use underpin_conformance::model::{Person, Suite, Team};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), underpin::Error> {
    let mut arguments = std::env::args().skip(1);
    let (url, first) = (arguments.next().unwrap(), arguments.next().unwrap());
    let database = Database::<Suite>::connect(&url).await?;
    let mut id: i64 = first.parse().unwrap();
    let mut first_one = true;
    loop {
        let mut uow = database.begin().await?;
        let mut people: Vec<Person> = (0..5).map(|i| Person::new(id + i, &format!("p{}", id + i))).collect();
        for person in &mut people {
            uow.add(person)?;
        }
        uow.flush().await?;
        uow.add(&mut Team { id, name: format!("t{id}"), lead: Some(id), version: 1 })?;
        for person in people.iter_mut().take(2) {
            person.team = Some(id);
            person.events.push("person_changed");
            uow.save(person)?;
        }
        uow.commit().await?;
        if std::mem::take(&mut first_one) {
            println!("committed");
        }
        id += 5;
    }
}
