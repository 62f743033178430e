//! Each command does what it says, and tells it.

use crate::run::{Program, on_each};

const CARS: &str = "make,model,year,price
Kia,Rio,2020,199999.90
kia,Ceed,2021,9999999999.99
Seat,Ibiza,2019,0.01
100%,a_b,1886,10
O'Neil;,\"\"\"X\"\"\",2100,9.99
";

fn with_cars(program: Program) -> Program {
    let told = program.run_with_input(&["import", "-"], CARS.as_bytes()).done();
    assert_eq!(told.out, "5 taken in, 0 refused\n");
    program
}

#[test]
fn a_search_has_all_filters() {
    on_each(|scratch| {
        let program = with_cars(Program::built(scratch));
        for (filters, models) in [
            (&[][..], &["Ibiza", "\"X\"", "a_b", "Rio", "Ceed"][..]),
            (&["--make", "KIA"], &["Rio", "Ceed"]),
            (&["--model", "ibiza"], &["Ibiza"]),
            (&["--make", "%"], &[]),
            (&["--make", "100%"], &["a_b"]),
            (&["--model", "a_b"], &["a_b"]),
            (&["--model", "aXb"], &[]),
            (&["--make", "o'neil;"], &["\"X\""]),
            (&["--year-from", "2020", "--year-to", "2021"], &["Rio", "Ceed"]),
            (&["--year-to", "1886"], &["a_b"]),
            (&["--price-from", "9.99", "--price-to", "10.00"], &["\"X\"", "a_b"]),
            (&["--price-from", "200000"], &["Ceed"]),
            (&["--make", "kia", "--year-to", "2020", "--price-to", "199999.90"], &["Rio"]),
            (&["--limit", "2"], &["Ibiza", "\"X\""]),
            (&["--limit", "2", "--offset", "3"], &["Rio", "Ceed"]),
            (&["--offset", "9223372036854775807"], &[]),
        ] {
            let told = program.run(&[&["search", "--format", "json"], filters].concat());
            assert_eq!(told.code, 0, "{told:?}");
            let cars: Vec<serde_json::Value> = serde_json::from_str(&told.out).expect(&told.out);
            let found: Vec<_> = cars.iter().filter_map(|car| car["model"].as_str()).collect();
            assert_eq!(found, models, "{filters:?}");
        }
    });
}

#[test]
fn pages_are_turned_by_the_place_that_is_told() {
    on_each(|scratch| {
        let program = with_cars(Program::built(scratch));
        let told = program.run(&["search", "--limit", "3"]);
        assert_eq!((told.code, told.out.lines().count()), (0, 4), "{told:?}");
        let place = told.err.trim().strip_prefix("the next page: --after ").expect("a place").to_owned();
        let told = program.run(&["search", "--limit", "3", "--after", &place]).done();
        let prices: Vec<_> =
            told.out.lines().skip(1).filter_map(|line| line.split_whitespace().next()).collect();
        assert_eq!(prices, ["199999.90", "9999999999.99"]);
    });
}

#[test]
fn lists_are_tables_for_people() {
    on_each(|scratch| {
        let program = with_cars(Program::built(scratch));
        let cars = program.run(&["search"]).done().out;
        let lines: Vec<Vec<&str>> = cars.lines().map(|line| line.split_whitespace().collect()).collect();
        assert_eq!(lines[0], ["PRICE", "YEAR", "MAKE", "MODEL", "ID"]);
        assert_eq!(lines[4][..4], ["199999.90", "2020", "Kia", "Rio"]);
        let stats = program.run(&["stats"]).done().out;
        let lines: Vec<String> =
            stats.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
        assert_eq!(lines[0], "CARS LOWEST AVERAGE HIGHEST MAKE");
        assert_eq!(lines[2], "1 199999.90 199999.90 199999.90 Kia");
    });
}

#[test]
fn money_in_json_is_text() {
    on_each(|scratch| {
        let program = with_cars(Program::built(scratch));
        assert_eq!(program.texts(&["search"], "price_mxn")[4], "9999999999.99");
        let makes = program.list(&["stats"]);
        assert_eq!(makes.len(), 5);
        let kia = makes.iter().find(|of| of["make"] == "kia").expect("it is there");
        assert_eq!((&kia["cars"], &kia["average_mxn"]), (&1.into(), &"9999999999.99".into()));
    });
}

#[test]
fn tables_go_up_and_down() {
    on_each(|scratch| {
        let program = Program::on(scratch);
        assert_eq!(program.run(&["upgrade"]).done().out, "upgraded to 001: Create cars\n");
        assert_eq!(
            program.run(&["upgrade", "head"]).done().out,
            "nothing to do: the tables are at head already\n"
        );
        let program = with_cars(program);
        assert_eq!(program.run(&["downgrade", "-1"]).done().out, "took back 001: Create cars\n");
        program.run(&["search"]).ended(3, "revision 001 is missing\nhint: run `catalog upgrade` first");
        program.run(&["upgrade", "+1"]).done();
        assert!(program.list(&["search"]).is_empty());
    });
}
