//! The keys of the numbers: who needs them, where they come from, and how they are changed.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;

use crate::run::{KEY, Program, on_each, sample};
use crate::scratch::Scratch;

const OFFER: &str =
    r#"{ "name": "Ana", "confidence": "1", "accounts": [{ "number": "99887766554433", "kind": "loan" }] }"#;

const OTHER: &str = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";

const MISSING: &str =
    "error: no key is configured, and the numbers of accounts need one\nhint: set UNDERPIN_KEY_FILE";

fn key_file(program: &Program, text: &str) -> PathBuf {
    let path = program.file("documents.keys", text);
    fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).expect("a mode");
    path
}

#[test]
fn what_touches_borrowers_does_nothing_without_a_key() {
    on_each(|scratch| {
        let program = Program::built(scratch).with_keys(None);
        program.file("ana.json", OFFER);
        let nobody = "borrower_01h455vb4pex5vsknk084sn02q";
        for arguments in [
            &["serve", "--listen", "127.0.0.1:0"][..],
            &["borrowers", "add", "ana.json"],
            &["borrowers", "list"],
            &["borrowers", "show", nobody],
            &["demo"],
        ] {
            program.run(arguments).ended(2, MISSING);
        }
        let program = program.with_keys(Some(format!("1:primary:{KEY}")));
        assert!(program.list(&["borrowers", "list"]).is_empty());
        assert!(program.list(&["list"]).is_empty(), "the demo has done nothing");
    });
}

#[test]
fn documents_need_no_key() {
    on_each(|scratch| {
        let program = Program::on(scratch).with_keys(None);
        program.file("inbox/payslip.pdf", sample("payslip.pdf"));
        for arguments in [&["upgrade"][..], &["ingest", "inbox"], &["work"], &["list"], &["sweep"]] {
            program.run(arguments).done();
        }
        assert_eq!(program.document("payslip.pdf")["status"], "completed");
        program.run(&["downgrade", "base"]).done();
    });
}

#[test]
fn keys_are_safe_and_whole_or_nothing_is_done() {
    let scratch = Scratch::sqlite();
    let program = Program::built(&scratch).with_keys(None);
    let path = key_file(&program, KEY).display().to_string();
    let serve = |why: &str| {
        program.run(&["serve", "--listen", "127.0.0.1:0", "--key-file", &path]).ended(2, why);
    };
    serve("entry 1 of the key ring is not one");
    key_file(&program, &format!("1:active:{KEY}"));
    serve("0 primary keys");
    key_file(&program, &format!("1:primary:{KEY}"));
    fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).expect("a mode");
    serve("is not safe: others than its owner may use it (mode 0640)");
    key_file(&program, &format!("1:primary:{KEY}"));
    program.run(&["borrowers", "list", "--key-file", &path]).done();
    program.run(&["borrowers", "list", "--key-file", "no.keys"]).ended(2, "there is no key file no.keys");
    let program = program.with_keys(Some("hunter2".to_owned()));
    program.run(&["serve"]).ended(2, "the variable UNDERPIN_KEYS: entry 1 of the key ring is not one");
}

#[test]
fn another_key_reads_nothing() {
    on_each(|scratch| {
        let program = Program::built(scratch);
        program.run_with_input(&["borrowers", "add", "-"], OFFER.as_bytes()).done();
        for keys in [format!("1:primary:{OTHER}"), format!("2:primary:{KEY}")] {
            let program = Program::on(scratch).with_keys(Some(keys));
            let told = program.run(&["borrowers", "list"]).ended(3, "documents.account_number");
            assert!(!format!("{told:?}").contains("54433"), "{told:?}");
        }
    });
}

#[test]
fn numbers_come_under_a_new_key_and_stay_what_they_were() {
    on_each(|scratch| {
        let program = Program::built(scratch);
        let id = program.run_with_input(&["borrowers", "add", "-"], OFFER.as_bytes()).done().out;
        let shown = program.run(&["borrowers", "show", id.trim()]).done().out;
        assert!(shown.contains("…4433"), "{shown}");
        let status = program.manage(&["secrets", "status"]).done().out;
        assert!(status.contains("account_numbers.number  1    primary  1\n"), "{status}");
        let both = format!("1:active:{KEY} 2:primary:{OTHER}");
        let program = program.with_keys(Some(both.replace(' ', "\n")));
        let told = program.manage(&["secrets", "rotate", "--quiet"]).done();
        assert_eq!(told.out, "account_numbers.number  1 row rotated\n");
        program.manage(&["secrets", "status", "--check"]).done();
        let program = program.with_keys(Some(format!("2:primary:{OTHER}")));
        assert_eq!(program.run(&["borrowers", "show", id.trim()]).done().out, shown);
    });
}

#[test]
fn the_demo_makes_a_key_that_its_owner_alone_may_read() {
    let program = Program::new().with_keys(None);
    let told = program.run(&["demo"]).done();
    let line = told.out.lines().find(|line| line.contains("a new key is in ")).expect(&told.out);
    let path = line.split(" in ").nth(1).and_then(|rest| rest.split(',').next()).expect(line);
    assert_eq!(fs::metadata(path).expect("it is there").permissions().mode() & 0o777, 0o600);
    assert!(line.ends_with("which its owner alone may read (mode 0600)"), "{line}");
    let key = fs::read_to_string(path).expect("keys");
    assert!(!told.out.contains(key.trim().rsplit(':').next().expect("a key")));
    let told = Program::new().run(&["demo"]).done();
    assert!(told.out.contains("the key is the one that is configured"), "{}", told.out);
    assert!(!told.out.contains("--key-file"), "{}", told.out);
}
