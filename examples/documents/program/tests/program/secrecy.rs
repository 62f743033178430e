//! The number of an account goes in, and never comes out again but for its last four characters.

use std::fs;

use crate::run::{Program, on_each};

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
