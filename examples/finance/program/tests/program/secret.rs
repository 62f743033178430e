//! Secrets: kept, given back, forgotten, and found nowhere in between.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::process::Command;

use crate::finance::{Finance, PASSWORD, Told, on_each};
use crate::scratch::Scratch;

/// A value that is nowhere else. No `Told` may have it but those that were asked for it.
const VALUE: &str = "access-production-0c9d2f";
const TYPE: &str = "plaid_access_token";
const KEY: &str = "q7f+HcFzJ6mB2Xb0m1w9kOe3u5r8T1yL4vN7pQ0sUzE=";

fn keys(finance: &Finance, text: &str) -> PathBuf {
    let path = finance.file("finance.keys", text);
    fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).expect("a mode");
    path
}

/// The program with tables, keys and a user.
fn with_a_user(scratch: &Scratch) -> (Finance, String) {
    let finance = Finance::built(scratch);
    let path = keys(&finance, &format!("1:primary:{KEY}\n"));
    let finance = finance.with("UNDERPIN_KEY_FILE", path.display().to_string());
    let id = finance.run(&["register", "ana@example.org"]).done().word(0);
    (finance, id)
}

fn put(finance: &Finance, id: &str, value: &str) -> Told {
    let told = finance.run_with_input(&["secret", "put", id, TYPE], value.as_bytes());
    assert!(!format!("{told:?}").contains(value.trim()) || value.trim().is_empty(), "{told:?}");
    told
}

fn hides(place: &str, bytes: &[u8]) {
    for hidden in [VALUE, KEY, "YWNjZXNzLXByb2R1Y3Rpb24t", &KEY[..20]] {
        assert!(!bytes.windows(hidden.len()).any(|part| part == hidden.as_bytes()), "{hidden} in {place}");
    }
}

#[test]
fn a_secret_is_put_got_listed_and_forgotten() {
    on_each(|scratch| {
        let (finance, id) = with_a_user(scratch);
        assert_eq!(put(&finance, &id, &format!("{VALUE}\n")).done().out, format!("{id} {TYPE} kept\n"));
        let got = finance.run(&["secret", "get", &id, TYPE]).done();
        assert_eq!(got.out, format!("{VALUE}\n"));
        put(&finance, &id, "another\r\n").done();
        assert_eq!(finance.run(&["secret", "get", &id, TYPE]).done().out, "another\n");
        assert_eq!(finance.run(&["secret", "list", &id]).done().out, format!("TYPE\n{TYPE}\n"));
        assert_eq!(finance.texts(&["secret", "list", &id], "secret_type"), [TYPE]);
        finance.run(&["secret", "forget", &id, TYPE]).done();
        for command in ["get", "forget"] {
            finance.run(&["secret", command, &id, TYPE]).ended(1, &format!("{id} has no secret {TYPE}"));
        }
        assert!(finance.list(&["secret", "list", &id]).is_empty());
    });
}

#[test]
fn whoever_has_the_database_has_nothing() {
    let scratch = Scratch::sqlite();
    let (finance, id) = with_a_user(&scratch);
    put(&finance, &id, VALUE).done();
    let path = scratch.url().trim_start_matches("sqlite:");
    let mut looked_at = 0;
    for entry in fs::read_dir(PathBuf::from(path).parent().expect("a folder")).expect("a folder") {
        let file = entry.expect("an entry").path();
        hides(&file.display().to_string(), &fs::read(&file).expect("a file"));
        looked_at += 1;
    }
    assert!(looked_at >= 1);
    let dump = Command::new("sqlite3").args([path, ".dump"]).output().expect("sqlite3 is there");
    assert!(String::from_utf8_lossy(&dump.stdout).contains(TYPE), "{dump:?}");
    hides("a dump", &dump.stdout);

    let scratch = Scratch::postgres();
    let (finance, id) = with_a_user(&scratch);
    put(&finance, &id, VALUE).done();
    let dump = Command::new("pg_dump").arg(scratch.url()).output().expect("pg_dump is there");
    assert!(String::from_utf8_lossy(&dump.stdout).contains(TYPE), "{dump:?}");
    hides("a dump", &dump.stdout);
}

#[test]
fn a_row_that_was_moved_is_worth_nothing() {
    on_each(|scratch| {
        let (finance, ana) = with_a_user(scratch);
        let ben = finance.run(&["register", "ben@example.org"]).done().word(0);
        put(&finance, &ana, VALUE).done();
        let moved = format!("UPDATE encrypted_secrets SET user_id = '{ben}'");
        let shell = match scratch.url().strip_prefix("sqlite:") {
            Some(path) => Command::new("sqlite3").args([path, &moved]).status(),
            None => Command::new("psql").args(["-Xqc", &moved, scratch.url()]).status(),
        };
        assert!(shell.expect("the database's shell is there").success());
        let told = finance.run(&["secret", "get", &ben, TYPE]);
        hides("the message", format!("{told:?}").as_bytes());
        told.ended(3, "cannot decrypt finance.secret");
        // Another ring, whose key has the same number.
        keys(&finance, "1:primary:MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=");
        put(&finance, &ana, VALUE).done();
        keys(&finance, &format!("1:primary:{KEY}\n"));
        finance.run(&["secret", "get", &ana, TYPE]).ended(3, "cannot decrypt finance.secret");
    });
}

#[test]
fn a_secret_on_the_command_line_is_refused_and_not_repeated() {
    let scratch = Scratch::sqlite();
    let (finance, id) = with_a_user(&scratch);
    finance.run(&["secret", "put", &id, TYPE, PASSWORD]).ended(2, "does not stand on the command line");
    finance.run(&["secret", "put", &id, "Hunter-hunter2"]).ended(2, "not a type of a secret");
    finance.run(&["secret", "get", &id, PASSWORD, "x"]).ended(2, "does not stand on the command line");
    finance.run_with_input(&["secret", "put", &id, TYPE], b"\n").ended(2, "the secret is empty");
    finance.run_with_input(&["secret", "put", &id, TYPE], b"\xff\xfe").ended(2, "the secret is no text");
    finance
        .run_with_input(&["secret", "put", &id, TYPE], &[b'x'; (64 << 10) + 1])
        .ended(2, "longer than 64 KiB");
    finance.run_with_input(&["secret", "put", &id, TYPE], &[b'x'; 64 << 10]).done();
    let nobody = "user_01h455vb4pex5vsknk084sn02q";
    put(&finance, nobody, VALUE).ended(1, "there is no user");
    finance.run(&["secret", "list", nobody]).ended(1, "there is no user");
}

#[test]
fn keys_are_named_and_safe_or_nothing_is_done() {
    let scratch = Scratch::sqlite();
    let finance = Finance::built(&scratch);
    let id = finance.run(&["register", "ana@example.org"]).done().word(0);
    for arguments in [&["secret", "get", &id, TYPE][..], &["secret", "list", &id]] {
        finance.run(arguments).ended(2, "no key is configured, and secrets need one");
    }
    put(&finance, &id, VALUE).ended(2, "no key is configured");
    finance.run(&["secret", "put", &id, TYPE, PASSWORD]).ended(2, "does not stand on the command line");
    let path = keys(&finance, KEY).display().to_string();
    let with_file = |told: &str| {
        finance.run(&["secret", "list", &id, "--key-file", &path]).ended(2, told);
    };
    with_file("entry 1 of the key ring is not one");
    keys(&finance, &format!("1:active:{KEY}"));
    with_file("0 primary keys");
    keys(&finance, &format!("1:primary:{KEY}"));
    fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).expect("a mode");
    with_file("is not safe: others than its owner may use it (mode 0640)");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).expect("a mode");
    finance.run(&["secret", "list", &id, "--key-file", &path]).done();
    finance.run(&["secret", "list", &id, "--key-file", "no.keys"]).ended(2, "there is no key file no.keys");
    let finance = finance.with("UNDERPIN_KEYS", format!("1:primary:{KEY}"));
    put(&finance, &id, VALUE).done();
    let finance = finance.with("UNDERPIN_KEY_FILE", path);
    finance.run(&["secret", "list", &id]).ended(2, "UNDERPIN_KEYS and UNDERPIN_KEY_FILE are both set");
}

#[test]
fn the_server_does_not_start_without_a_key() {
    let scratch = Scratch::sqlite();
    let finance = Finance::built(&scratch).with("FINANCE_TOKEN", "t".repeat(32));
    finance.run(&["serve", "--listen", "127.0.0.1:0"]).ended(2, "no key is configured, and secrets need one");
    let finance = finance.with("UNDERPIN_KEYS", "hunter2");
    let told = finance.run(&["serve", "--listen", "127.0.0.1:0"]);
    told.ended(2, "the variable UNDERPIN_KEYS: entry 1 of the key ring is not one");
}

#[test]
fn the_demo_makes_a_key_that_its_owner_alone_may_read() {
    let finance = Finance::new();
    let told = finance.run(&["demo"]).done();
    let line = told.out.lines().find(|line| line.contains("a new key is in ")).expect(&told.out);
    let path = line.split(" in ").nth(1).and_then(|rest| rest.split(',').next()).expect(line);
    assert_eq!(fs::metadata(path).expect("it is there").permissions().mode() & 0o777, 0o600);
    assert!(line.ends_with("which its owner alone may read (mode 0600)"), "{line}");
    let key = fs::read_to_string(path).expect("keys");
    assert!(!told.out.contains(key.trim().rsplit(':').next().expect("a key")));
    let url = told.out.lines().nth(1).and_then(|line| line.split(' ').next()).expect(&told.out);
    let finance = finance.with("DATABASE_URL", url);
    let ana = finance.texts(&["users"], "id").remove(0);
    let got = finance.run(&["secret", "get", &ana, TYPE, "--key-file", path]).done();
    assert_eq!(got.out, "access-sandbox-of-nobody\n");
}

#[test]
fn the_demo_makes_no_key_for_a_database_that_is_named() {
    on_each(|scratch| {
        let finance = Finance::on(scratch);
        finance
            .run(&["demo"])
            .ended(2, "no key is configured, and secrets need one\nhint: set UNDERPIN_KEY_FILE");
        // It has left nothing: no key, no table.
        assert_eq!(fs::read_dir(finance.directory()).expect("a directory").count(), 0);
        assert_eq!(finance.run(&["users"]).code, 3);
        let path = keys(&finance, &format!("1:primary:{KEY}\n")).display().to_string();
        finance.run(&["demo", "--key-file", &path]).done();
        let ana = finance.texts(&["users"], "id").remove(0);
        let got = finance.run(&["secret", "get", &ana, TYPE, "--key-file", &path]).done();
        assert_eq!(got.out, "access-sandbox-of-nobody\n");
    });
}

#[test]
fn the_demo_takes_the_key_that_is_configured() {
    let scratch = Scratch::sqlite();
    let finance = Finance::on(&scratch).with("UNDERPIN_KEYS", format!("7:primary:{KEY}"));
    let told = finance.run(&["demo"]).done();
    assert!(
        told.out.contains("the key is the one that is configured") && told.out.contains("key 7"),
        "{told:?}"
    );
    hides("the demo", told.out.as_bytes());
}
