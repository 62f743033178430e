//! `secrets`: from a new ring to a retired key, and every way to do it wrong.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;

use serde_json::json;
use underpin::secrets::KeyRing;

use crate::program::Project;
use crate::scratch::{Scratch, on_each};

const CONFIG: &str = "\
key_file = \"keys\"

[[encrypted_columns]]
table = \"patients\"
column = \"phone\"
context = \"patients.number\"
";

/// A table of so many encrypted rows, with the key of the project's ring.
fn fill(project: &Project, scratch: &Scratch, rows: usize) {
    let bytes = if scratch.is_postgres() { "bytea" } else { "BLOB" };
    scratch.script(&format!("CREATE TABLE patients (id varchar(36) PRIMARY KEY, phone {bytes})"));
    let cipher = KeyRing::from_file(project.path("keys")).unwrap().cipher("patients.number").unwrap();
    for number in 0..rows {
        let id = format!("p{number}");
        let sealed = cipher.seal(&id, format!("+49 {number}").as_bytes()).unwrap();
        let hex: String = sealed.iter().map(|byte| format!("{byte:02x}")).collect();
        let literal = if scratch.is_postgres() { format!("'\\x{hex}'") } else { format!("x'{hex}'") };
        scratch.script(&format!("INSERT INTO patients VALUES ('{id}', {literal})"));
    }
}

fn project(scratch: &Scratch, rows: usize) -> Project {
    let project = Project::on(scratch);
    project.file("underpin.toml", CONFIG);
    project.run(&["secrets", "keygen"]).done();
    fill(&project, scratch, rows);
    project
}

#[test]
fn from_a_new_ring_to_a_retired_key() {
    on_each(|scratch| {
        let project = project(scratch, 25);
        assert_eq!(fs::metadata(project.path("keys")).unwrap().permissions().mode() & 0o777, 0o600);
        let told = project.run(&["secrets", "keygen", "--add"]).done();
        assert_eq!(told.out, "key 2, active, in keys\n");
        assert!(told.err.contains("give the file to every process"), "{told:?}");
        let none = project.run(&["secrets", "rotate"]).done();
        assert_eq!(none.out, "patients.phone  0 rows rotated\n");
        project.run(&["secrets", "promote", "2"]).done();

        let dry = project.run(&["secrets", "rotate", "--dry-run"]).done();
        assert_eq!(dry.out, "patients.phone  25 rows would be rotated\n");
        let told = project.run(&["secrets", "status"]).done();
        assert_eq!(
            told.out,
            "COLUMN          KEY  STATE    ROWS\npatients.phone  1    active   25\npatients.phone  2    primary  0\n"
        );
        project.run(&["secrets", "status", "--check"]).ended(1, "25 rows are not under the primary key");
        project.run(&["secrets", "retire", "1"]).ended(1, "key 1 is in use by 25 rows of patients.phone");
        let told = project.run(&["secrets", "rotate", "--batch", "10", "--rate", "1000"]).done();
        assert_eq!(told.out, "patients.phone  25 rows rotated\n");
        project.run(&["secrets", "status", "--check"]).done();
        assert_eq!(
            project.json(&["secrets", "status"]),
            json!({
                "keys": [{"key": 1, "state": "active"}, {"key": 2, "state": "primary"}],
                "columns": [{"column": "patients.phone", "keys": [{"key": 2, "rows": 25}], "empty": 0, "not_encrypted": 0}],
            })
        );
        assert_eq!(project.run(&["secrets", "retire", "1"]).done().out, "key 1 is retired in keys\n");
        assert_eq!(
            project.run(&["secrets", "retire", "1", "--undo"]).done().out,
            "key 1 is active in keys\n"
        );
        let ring = KeyRing::from_file(project.path("keys")).unwrap();
        assert_eq!(format!("{ring:?}"), "{1: Active, 2: Primary}");
        assert_eq!(fs::metadata(project.path("keys")).unwrap().permissions().mode() & 0o777, 0o600);
    });
}

#[test]
fn keys_are_printed_only_where_that_was_asked_for() {
    let project = Project::empty();
    let told = project.run(&["secrets", "keygen", "keys"]).done();
    let keys = project.read("keys");
    let key = keys.trim().rsplit(':').next().unwrap();
    assert_eq!(told.out, "key 1, primary, in keys\n");
    assert!(!told.err.contains(key));
    project.run(&["secrets", "keygen", "keys"]).ended(2, "there is a key file keys already");
    assert_eq!(project.read("keys"), keys);
    let printed = project.run(&["secrets", "keygen", "--print"]).done();
    assert_eq!(KeyRing::parse(&printed.out).unwrap().primary(), 1);
    assert!(!printed.out.contains(key));
    let more = project.run(&["secrets", "keygen", "--add", "--print", "--keys", "keys"]).done();
    assert!(more.out.contains(key) && more.out.contains("2:active:"), "{}", more.err);
    assert_eq!(project.read("keys"), keys);
}

#[test]
fn each_mistake_is_told() {
    on_each(|scratch| {
        let project = project(scratch, 3);
        for (arguments, code, why) in [
            (&["secrets", "rotate", "--keys", "nowhere"][..], 2, "there is no key file nowhere"),
            (&["secrets", "status", "--keys", "underpin.toml"], 2, "the key file underpin.toml is not safe"),
            (&["secrets", "rotate", "patients.fone"], 2, "the encrypted column patients.fone is not known"),
            (
                &["secrets", "rotate", "patients.fone", "--context", "x"],
                2,
                "the table patients has no column fone",
            ),
            (&["secrets", "rotate", "patient", "--context", "x"], 2, "this names no column"),
            (&["secrets", "rotate", "--context", "x"], 2, "describe one column"),
            (&["secrets", "promote", "9"], 2, "the ring has no key 9"),
            (&["secrets", "retire", "1"], 1, "key 1 is the primary one"),
            (&["secrets", "rotate", "--rate", "0"], 2, "0 is not in"),
            (&["secrets", "rotate", "--batch", "many"], 2, "invalid"),
            (&["secrets", "rotate", "--url", "memory:"], 2, "in-memory store"),
            (&["secrets", "move", "patients.phone"], 2, "it is not said which column has the plain values"),
        ] {
            project.revision("001", "revises: none", "SELECT 1;", "SELECT 1;");
            project.run(arguments).ended(code, why);
        }
        project.file("bad", "1:primary:short\n");
        fs::set_permissions(project.path("bad"), fs::Permissions::from_mode(0o600)).unwrap();
        let told = project.run(&["secrets", "status", "--keys", "bad"]).ended(2, "the key file bad: entry 1");
        assert!(!told.err.contains("short"), "{told:?}");
        project.file("underpin.toml", "");
        project.run(&["secrets", "status"]).ended(2, "no key ring is named");
        project.run(&["secrets", "status", "--keys", "keys"]).ended(2, "no encrypted column is known");
        let text = project.read("keys");
        let variable = Project::on(scratch).with("UNDERPIN_KEYS", text.trim());
        variable.run(&["secrets", "promote", "1"]).ended(2, "is in the variable UNDERPIN_KEYS");
        let asked = ["secrets", "status", "patients.phone", "--context", "patients.number"];
        assert!(variable.run(&asked).done().out.contains("primary  3"));
    });
}

#[test]
fn rows_that_cannot_be_decrypted_are_named() {
    on_each(|scratch| {
        let project = project(scratch, 5);
        project.run(&["secrets", "keygen", "--add"]).done();
        project.run(&["secrets", "promote", "2"]).done();
        scratch.script(
            "UPDATE patients SET phone = (SELECT phone FROM patients WHERE id = 'p1') WHERE id = 'p2'",
        );
        let told = project.run(&["secrets", "rotate"]).ended(1, "1 row cannot be decrypted: left alone");
        assert!(told.err.contains("key 1 does not authenticate the value in this place"), "{told:?}");
        assert_eq!(told.out, "patients.phone  4 rows rotated\n");
    });
}
