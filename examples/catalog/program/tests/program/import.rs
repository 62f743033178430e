//! The import: every kind of bad line is told with its number, and nothing else is lost.

use crate::run::{Program, on_each};
use crate::scratch::Scratch;

#[test]
fn each_bad_line_is_told_and_all_others_are_taken_in() {
    on_each(|scratch| {
        let program = Program::built(scratch);
        let mut csv =
            b"\xef\xbb\xbfid,Price,make,YEAR,model\r\n1,10,Kia,2020,Rio\r\n\r\n2,1.005,Kia,2020,Rio\n"
                .to_vec();
        csv.extend(
            b"3,10\n4,10,,2020,Rio\n5,10,Kia,1885,Rio\n6,10000000000,Kia,2020,Rio\n7,-1,Kia,2020,Rio\n",
        );
        csv.extend(b"8,10,\"Kia,2020,Rio\n9,1e3,Kia,2020,Rio\n10,9999999999.99,Kia,2020,\"R, \"\"S\"\"\"\n");
        csv.extend(b"11,10,K\xff,2020,Rio\n12,10,Kia,2020,R\x1b[1m\n13,0.01,Kia,2020,Rio");
        let path = program.file("cars.csv", csv).display().to_string();
        let told = program.run(&["import", &path]).ended(1, "hint: mend the lines");
        assert_eq!(told.out, "3 taken in, 10 refused\n");
        let reasons: Vec<&str> =
            told.err.lines().filter_map(|line| line.split_once("cars.csv:")).map(|(_, rest)| rest).collect();
        assert_eq!(
            reasons,
            [
                "4: the price \"1.005\": it has more than two digits behind the point",
                "5: the line ends before the column make",
                "6: the make \"\": it is empty",
                "7: the year \"1885\": it is no year from 1886 to 2100",
                "8: the price \"10000000000\": it is above 9999999999.99",
                "9: the price \"-1\": it is below zero",
                "10: a quote is opened and not closed on this line",
                "11: the price \"1e3\": it is no number such as 249999.90",
                "13: the make is not UTF-8 text",
                "14: the model \"R\\u{1b}[1m\": it has a control character",
            ]
        );
        assert_eq!(program.texts(&["search"], "price_mxn"), ["0.01", "10.00", "9999999999.99"]);
        assert_eq!(program.texts(&["search"], "model")[2], "R, \"S\"");
    });
}

#[test]
fn batches_change_nothing_but_the_number_of_commits() {
    for batch in ["1", "7", "10000"] {
        let scratch = Scratch::sqlite();
        let program = Program::built(&scratch);
        let lines: String = (0..60).map(|number| format!("Kia,Rio,2020,{number}\n")).collect();
        let csv = format!("make,model,year,price\n{lines}Kia,Rio,never,1\n");
        let told = program.run_with_input(&["import", "-", "--batch", batch], csv.as_bytes());
        let told = told.ended(1, "standard input:62: the year \"never\"");
        assert_eq!(told.out, "60 taken in, 1 refused\n", "{batch}");
        assert_eq!(program.run(&["search", "--limit", "200"]).done().out.lines().count(), 61);
    }
}

#[test]
fn files_that_are_none() {
    let scratch = Scratch::sqlite();
    let program = Program::built(&scratch);
    let directory = program.directory().display().to_string();
    program.run(&["import", "absent.csv"]).ended(2, "absent.csv cannot be read: No such file");
    program.run(&["import", &directory]).ended(2, "is a directory");
    for (content, why) in [
        ("", "the file is empty"),
        ("make,model,year\nKia,Rio,2020\n", "the header has no column price"),
        ("make,model,year,price,Make\n", "more than one column make"),
    ] {
        program.run_with_input(&["import", "-"], content.as_bytes()).ended(2, why);
    }
    assert!(program.list(&["search"]).is_empty());
}
