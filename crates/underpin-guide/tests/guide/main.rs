//! The guide does what it says: its commands are run, its files are built, its links lead somewhere.

#![allow(clippy::expect_used, clippy::panic, reason = "what fails here fails the test")]

mod index;
mod place;
mod postgres;

use place::Place;
use underpin_guide::{Page, Session, pages};

/// The page that becomes a program of its own.
const TUTORIAL: &str = "tutorial.md";

/// Where the tutorial's server listens, and its database on PostgreSQL.
const ADDRESS: &str = "127.0.0.1:8080";
const POSTGRES: &str = "postgres://postgres@localhost/lending";

fn guide() -> Vec<Page> {
    pages(&place::root().join("docs/guide")).expect("the pages of the guide")
}

#[test]
fn nothing_stands_in_it_unread() {
    let wrong: Vec<String> = guide().iter().flat_map(Page::unchecked).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// From an empty directory to a running service, as the page has it: with the real cargo, and the dependencies that
/// are there already.
#[test]
fn the_tutorial_does_what_it_shows() {
    let pages = guide();
    let page = pages.iter().find(|page| page.file == TUTORIAL).expect("the tutorial");
    let place = Place::make("tutorial", &["target", "underpin"]);
    let database = postgres::Database::make();
    let instead =
        [(ADDRESS, format!("127.0.0.1:{}", place::free_port())), (POSTGRES, database.url().to_owned())];
    let mut shell = Session::begin(place.path(), &place.variables()).expect("a shell");
    let done = page.carry_out(&mut shell, &place::lock(), &instead);
    drop(shell);
    done.unwrap_or_else(|wrong| panic!("{wrong}"));
}

#[test]
fn the_commands_of_the_other_pages_do_what_they_show() {
    let mut wrong = Vec::new();
    for page in guide().iter().filter(|page| page.file != TUTORIAL) {
        if page.blocks.iter().any(|block| block.kind == "console") {
            let name = page.file.replace(['/', '.'], "-");
            let place = Place::make(&name, &["target"]);
            let mut shell = Session::begin(place.path(), &place.variables()).expect("a shell");
            wrong.extend(page.carry_out(&mut shell, &place::lock(), &[]).err());
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}
