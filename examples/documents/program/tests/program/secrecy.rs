//! The number of an account goes in, and never comes out again but for its last four characters.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::run::{KEY, Program, on_each};
use crate::scratch::Scratch;

const NUMBER: &str = "99887766554433";

fn offer(number: &str) -> String {
    format!(
        r#"{{ "name": "Ana Ruiz", "confidence": "0.95", "address": {{ "city": "León" }},
            "incomes": [{{ "amount": "4100.5", "period": "month", "year": 2025, "source": "wages" }}],
            "accounts": [{{ "number": {number}, "kind": "savings" }}] }}"#
    )
}

#[test]
fn a_number_is_printed_nowhere() {
    on_each(|scratch| {
        let program = Program::built(scratch);
        let told =
            program.run_with_input(&["borrowers", "add", "-"], offer(&format!("\"{NUMBER}\"")).as_bytes());
        let id = told.done().out.trim().to_owned();
        let shown = program.run(&["borrowers", "show", &id]).done().out;
        assert!(
            shown.contains("\"number\": \"…4433\"") && shown.contains("\"amount\": \"4100.50\""),
            "{shown}"
        );
        let listed = program.run(&["borrowers", "list", "--format", "json"]).done().out;
        let table = program.run(&["borrowers", "list"]).done().out;
        assert!(table.contains("Ana Ruiz"), "{table}");
        for out in [shown, listed, table] {
            assert!(!out.contains(NUMBER) && !out.contains("54433"), "{out}");
        }
        for number in [NUMBER.to_owned(), format!("\"{NUMBER}!\""), format!("[\"{NUMBER}\"]")] {
            program.file("offer.json", offer(&number));
            let told = program.run(&["borrowers", "add", "offer.json"]).ended(2, "offer.json: ");
            assert!(!told.err.contains("54433"), "{told:?}");
        }
    });
}

/// A borrower with an account of this number.
fn added(program: &Program, number: &str) -> String {
    let told = program.run_with_input(&["borrowers", "add", "-"], offer(&format!("\"{number}\"")).as_bytes());
    told.done().out.trim().to_owned()
}

/// Neither the number nor the key is there, in none of the forms in which a database may write them.
fn hides(place: &str, bytes: &[u8]) {
    let hex: String = NUMBER.bytes().map(|byte| format!("{byte:02x}")).collect();
    // The first twelve of the fourteen characters, in base64.
    for hidden in [NUMBER, &NUMBER[2..12], &hex, &hex.to_uppercase(), "OTk4ODc3NjY1NTQ0", &KEY[..20]] {
        assert!(!bytes.windows(hidden.len()).any(|part| part == hidden.as_bytes()), "{hidden} in {place}");
    }
}

#[test]
fn whoever_has_the_database_has_no_number() {
    let scratch = Scratch::sqlite();
    added(&Program::built(&scratch), NUMBER);
    let path = scratch.url().trim_start_matches("sqlite:");
    let mut looked_at = 0;
    for entry in fs::read_dir(Path::new(path).parent().expect("a folder")).expect("a folder") {
        let file = entry.expect("an entry").path();
        hides(&file.display().to_string(), &fs::read(&file).expect("a file"));
        looked_at += 1;
    }
    assert!(looked_at >= 1);
    let dump = Command::new("sqlite3").args([path, ".dump"]).output().expect("sqlite3 is there");
    assert!(String::from_utf8_lossy(&dump.stdout).contains("INSERT INTO account_numbers"), "{dump:?}");
    hides("a dump", &dump.stdout);

    let scratch = Scratch::postgres();
    let id = added(&Program::built(&scratch), NUMBER);
    let dump = Command::new("pg_dump").arg(scratch.url()).output().expect("pg_dump is there");
    let text = String::from_utf8_lossy(&dump.stdout);
    let row = text.split("COPY public.account_numbers").nth(1).and_then(|rest| rest.lines().nth(1));
    assert!(row.expect("its rows").contains(&id), "{row:?}");
    hides("a dump", &dump.stdout);
}

/// Runs a statement by the database's own program.
fn tamper(scratch: &Scratch, sql: &str) {
    let shell = match scratch.url().strip_prefix("sqlite:") {
        Some(path) => Command::new("sqlite3").args([path, sql]).status(),
        None => {
            Command::new("psql").args(["-XqAt", "-v", "ON_ERROR_STOP=1", "-c", sql, scratch.url()]).status()
        }
    };
    assert!(shell.expect("psql and sqlite3 are installed").success(), "{sql}");
}

#[test]
fn a_number_that_was_moved_is_worth_nothing() {
    on_each(|scratch| {
        let program = Program::built(scratch);
        let (ana, ben) = (added(&program, NUMBER), added(&program, "4444333322221111"));
        let refused = |id: &str| {
            let told = program.run(&["borrowers", "show", id]);
            hides("the message", format!("{told:?}").as_bytes());
            told.ended(3, "cannot decrypt documents.account_number");
        };
        let value_of = |id: &str| format!("(SELECT number FROM account_numbers WHERE borrower_id = '{id}')");
        let number = value_of(&ana);
        tamper(scratch, &format!("UPDATE account_numbers SET number = {number} WHERE borrower_id = '{ben}'"));
        refused(&ben);
        program.run(&["borrowers", "show", &ana]).done();
        tamper(scratch, &format!("DELETE FROM account_numbers WHERE borrower_id = '{ben}'"));
        tamper(scratch, &format!("UPDATE account_numbers SET borrower_id = '{ben}'"));
        refused(&ben);
        tamper(scratch, &format!("UPDATE account_numbers SET borrower_id = '{ana}'"));
        program.run(&["borrowers", "show", &ana]).done();
    });
}

#[test]
fn a_file_that_others_read_is_not_made() {
    use std::os::unix::fs::PermissionsExt;

    on_each(|scratch| {
        let program = Program::built(scratch);
        program.file("inbox/payslip.pdf", crate::run::sample("payslip.pdf"));
        program.run(&["ingest", "inbox"]).done();
        let store = program.directory().join("document-store");
        let folders = fs::read_dir(&store).expect("the store").map(|entry| entry.expect("an entry").path());
        let files: Vec<_> = folders.flat_map(|folder| fs::read_dir(folder).expect("a folder")).collect();
        assert_eq!(files.len(), 1);
        let mode = files[0].as_ref().expect("an entry").metadata().expect("a file").permissions().mode();
        assert_eq!(mode & 0o077, 0, "{mode:o}");
    });
}
