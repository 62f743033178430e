//! The demo: what a newcomer sees first.

use std::process::Command;

use crate::run::{Program, Told, on_each};

#[test]
fn it_shows_everything_on_a_new_file() {
    let told = Program::new().run(&["demo"]).done();
    let filters = [(r"sqlite:\S+/catalog-demo-\w+/catalog\.db", "[url]")];
    insta::with_settings!({ filters => filters }, { insta::assert_snapshot!(told.out, @r#"
A catalogue of used cars, an example of Underpin
[url] (a new file)

1. Build the table, by the revisions that are compiled into this program
   + 001  Create cars

2. Take in 93 real cars, in one unit of work
   + 93 cars that were on sale in the USA in 1993
     17,500 pesos for a thousand dollars, multiplied as decimals

3. The five cheapest
   +  129500.00  1993  Ford Festiva
   +  140000.00  1993  Hyundai Excel
   +  145250.00  1993  Mazda 323
   +  147000.00  1993  Geo Metro
   +  147000.00  1993  Subaru Justy

4. Somebody looks for a "hONDA" of at most 350000 pesos
   +  211750.00  1993  Honda Civic
   +  306250.00  1993  Honda Accord
   +  346500.00  1993  Honda Prelude

5. Somebody looks for the make "%", and for "x' OR '1'='1"
   + %: 0 cars
   + x' OR '1'='1: 0 cars
     text in a filter is text: it finds only itself

6. Somebody turns three pages of 20, by offset and by key
   + 20 cars, 129500.00 to 199500.00
   + 20 cars, 203000.00 to 278250.00
   + 20 cars, 278250.00 to 346500.00
     the order is total, so that no car comes twice and none is passed over

7. What is refused
   x a price of 1.005: it has more than two digits behind the point
   x prices from 2 to 1: the lowest price is above the highest
   x 201 cars at a time: the limit is not 1 to 200

8. What the cars of a make cost, for the makes with most of them
   +  8 Chevrolet    199500.00 to  665000.00, on average  318281.25
   +  8 Ford         129500.00 to  365750.00, on average  261843.75
   +  6 Dodge        161000.00 to  451500.00, on average  274750.00
   +  5 Mazda        145250.00 to  568750.00, on average  308000.00

Every price is exact: it was a decimal in the file, in the database and on the way.

Look around
   cargo run -p catalog -- search --make honda --database-url [url]
   cargo run -p catalog -- stats --database-url [url]
   cargo run -p catalog -- serve --database-url [url]
"#); });
}

#[test]
fn it_shows_the_same_on_a_database_that_is_named() {
    let first = Program::new().run(&["demo"]).done();
    let expected = steps(&first);
    on_each(|scratch| {
        let program = Program::on(scratch);
        let told = program.run(&["demo"]).done();
        assert!(told.out.contains("(your database; nothing in it is lost)"), "{}", told.out);
        assert_eq!(steps(&told), expected);
        let again = program.run(&["demo"]).done();
        assert!(again.out.contains("there are cars already, so that none is added"), "{}", again.out);
        let told = program.run(&["search", "--limit", "200"]).done();
        assert_eq!(told.out.lines().count(), 94);
    });
}

/// What is told, without where.
fn steps(told: &Told) -> Vec<&str> {
    told.out
        .lines()
        .skip(2)
        .take_while(|line| *line != "Look around")
        .filter(|line| !line.is_empty())
        .collect()
}

#[test]
fn the_commands_that_it_ends_with_work() {
    let program = Program::new();
    let told = program.run(&["demo"]).done();
    let commands: Vec<&str> =
        told.out.lines().filter_map(|line| line.trim().strip_prefix("cargo run -p catalog -- ")).collect();
    assert_eq!(commands.len(), 3, "{}", told.out);
    // The last one serves until it is stopped; `tests/web` has that.
    for command in &commands[..2] {
        let line = format!("{} {command}", env!("CARGO_BIN_EXE_catalog"));
        let output = Command::new("sh").args(["-c", &line]).output().expect("a shell");
        assert!(Told::of(&output).done().out.contains("Honda"));
    }
}
