//! Lists, and tables that go up and down.

use crate::run::{Program, on_each, sample};

fn with_documents(program: Program) -> Program {
    for name in ["payslip.pdf", "scan.png"] {
        program.file(&format!("inbox/{name}"), sample(name));
        program.run(&["ingest", "inbox"]).done();
    }
    program
}

#[test]
fn lists_are_tables_for_people_and_json_for_programs() {
    on_each(|scratch| {
        let program = with_documents(Program::built(scratch));
        let table = program.run(&["list"]).done().out;
        let lines: Vec<Vec<&str>> = table.lines().map(|line| line.split_whitespace().collect()).collect();
        assert_eq!(lines[0], ["ID", "STATUS", "KIND", "PAGES", "CAME", "IN", "FILE"]);
        assert_eq!(
            (lines[1][1], lines[1][2], lines[1][5]),
            ("pending", "image", "scan.png"),
            "the newest first"
        );
        assert_eq!(program.texts(&["list", "--limit", "1", "--offset", "1"], "file_name"), ["payslip.pdf"]);
        assert!(program.list(&["list", "--status", "failed"]).is_empty());
        let document = &program.list(&["list"])[0];
        assert_eq!(document["size"], 94);
        assert_eq!(document["sha256"].as_str().map(str::len), Some(64));
        assert!(document.get("text").is_none() && document.get("location").is_none(), "{document}");
    });
}

#[test]
fn tables_go_up_and_down() {
    on_each(|scratch| {
        let program = Program::on(scratch);
        let what = "001: Create documents, borrowers, income_records, account_numbers and source_references";
        assert_eq!(program.run(&["upgrade"]).done().out, format!("upgraded to {what}\n"));
        assert_eq!(program.run(&["upgrade"]).done().out, "nothing to do: the tables are at head already\n");
        assert_eq!(program.run(&["downgrade", "-1"]).done().out, format!("took back {what}\n"));
        program.run(&["list"]).ended(3, "revision 001 is missing\nhint: run `documents upgrade` first");
        program.run(&["upgrade", "+1"]).done();
        assert!(program.list(&["list"]).is_empty());
    });
}

#[test]
fn what_is_old_and_has_no_document_is_swept() {
    on_each(|scratch| {
        let program = with_documents(Program::built(scratch));
        let digits = "f".repeat(62);
        let old = std::time::SystemTime::now() - std::time::Duration::from_secs(7200);
        for (name, time) in [
            (format!("ff/{digits}"), Some(old)),
            ("incoming/left".to_owned(), Some(old)),
            ("incoming/new".to_owned(), None),
        ] {
            let path = program.file(&format!("document-store/{name}"), "stray");
            if let Some(time) = time {
                std::fs::File::options()
                    .write(true)
                    .open(path)
                    .and_then(|file| file.set_modified(time))
                    .expect("a file");
            }
        }
        assert_eq!(program.kept(), 5);
        assert_eq!(program.run(&["sweep"]).done().out, "1 files without a document thrown away\n");
        assert_eq!(program.kept(), 3);
        assert_eq!(program.run(&["work"]).done().out, "2 read, 0 failed\n");
    });
}
