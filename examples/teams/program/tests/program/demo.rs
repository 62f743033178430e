//! The demo: what a newcomer sees first.

use std::process::Command;

use crate::run::{Program, Told, on_each};

#[test]
fn it_shows_everything_on_a_new_file() {
    let told = Program::new().run(&["demo"]).done();
    let filters = [
        (r"sqlite:\S+/teams-demo-\w+/teams\.db", "[url]"),
        (r"user_\w{26}", "[user]"),
        (r"(shop-|ana\.|ben\.)\w{6}", "${1}[run]"),
    ];
    insta::with_settings!({ filters => filters }, { insta::assert_snapshot!(told.out, @r#"
A catalogue of what teams own, an example of Underpin
[url] (a new file)

1. Build the tables, by the revisions that are compiled into this program
   + 001  Create users, teams, user_team_link and catalog_items

2. Ana and Ben come, and Ana founds a team, which she maintains
   + Ana <ana.[run]@example.org>
   + Ben <ben.[run]@example.org>
   + Web shop (shop-[run])
   x Ben founds a team of that slug: another team is called shop-[run]

3. Ben joins as a member
   + 2 are in it
   x he joins once more: [user] is in the team already

4. Ana wants to leave; then Ben becomes a maintainer too
   x Ana leaves: [user] is the last who maintains the team shop-[run]
   + Ben maintains it too

5. Both leave in the same moment, each on a connection of their own
   + one has left, 1 is in it
   x the other leaves too: [user] is the last who maintains the team shop-[run]

6. The team owns a service, with attributes of free form
   + service till: Takes the money.
   + {"tags":["payments","pci"],"tier":1}

7. The code host has three repositories, one of them known already
   + library receipts
   + library barcodes
     once more, and nothing is taken in; `teams import-items` asks a real one

8. All of it at a look
   + members: 1, items: 3, statements: 4
     four statements, however many members and items there are

9. Somebody deletes the team, which owns items
   x it goes: the team shop-[run] owns items

Every step was a unit of work: kept as a whole, or not at all.

Look around
   cargo run -p teams -- team show shop-[run] --database-url [url]
   cargo run -p teams -- item list --database-url [url]
   cargo run -p teams -- serve --database-url [url]
"#); });
}

#[test]
fn it_shows_the_same_on_a_database_that_is_named() {
    let first = Program::new().run(&["demo"]).done();
    on_each(|scratch| {
        let program = Program::on(scratch);
        let told = program.run(&["demo"]).done();
        assert!(told.out.contains("(your database; nothing in it is lost)"), "{}", told.out);
        assert_eq!(titles(&told), titles(&first));
        let again = program.run(&["demo"]).done();
        assert!(again.out.contains("they are there already"), "{}", again.out);
        assert_eq!(program.list(&["team", "list"]).len(), 2);
    });
}

fn titles(told: &Told) -> Vec<&str> {
    told.out.lines().filter(|line| line.starts_with(|c: char| c.is_ascii_digit())).collect()
}

#[test]
fn the_commands_that_it_ends_with_work() {
    let program = Program::new();
    let told = program.run(&["demo"]).done();
    let commands: Vec<&str> =
        told.out.lines().filter_map(|line| line.trim().strip_prefix("cargo run -p teams -- ")).collect();
    assert_eq!(commands.len(), 3, "{}", told.out);
    // The last one serves until it is stopped; `tests/web` has that.
    for command in &commands[..2] {
        let line = format!("{} {command}", env!("CARGO_BIN_EXE_teams"));
        let output = Command::new("sh").args(["-c", &line]).output().expect("a shell");
        assert!(Told::of(&output).done().out.contains("till"));
    }
}
