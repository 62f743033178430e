//! A password stands in no output, wherever a person has typed it.

use crate::finance::{Finance, PASSWORD};
use crate::scratch::Scratch;

/// The URL with a password, which a server that asks for none ignores.
fn with_password(url: &str) -> String {
    let (user, rest) = url.split_once('@').expect("the server's URL has a user");
    format!("{user}:{PASSWORD}@{rest}")
}

#[test]
fn urls_with_a_password_work_and_are_not_told() {
    let scratch = Scratch::postgres();
    let url = with_password(scratch.url());
    let finance = Finance::new().with("DATABASE_URL", url).with_a_key();
    // `run` sees to it that the password is in no output.
    let told = finance.run(&["demo"]).done();
    assert!(told.out.contains(":***@"), "{}", told.out);
    finance.run(&["users"]).done();
    finance.run(&["upgrade", "+1"]).ended(2, "too far");
}

#[test]
fn urls_in_the_wrong_place_are_not_told() {
    let url = "postgres://ana:hunter2@db.example.org/finance";
    let finance = Finance::new();
    for arguments in [
        &[url][..],
        &["demo", url],
        &["register", url],
        &["register", "--database-url", "sqlite:x.db", url],
        &["verify-email", url],
        &["upgrade", url],
        &["import", "--format", url],
        &["users", "--database_url", url],
        &[&format!("--database_url={url}")],
        &["users", "--database-url", "--format", url],
    ] {
        let told = finance.run(arguments);
        assert_eq!(told.code, 2, "{told:?}");
    }
    finance.file(".env", format!("postgres://ana:{PASSWORD}@db.example.org/finance\n"));
    finance.run(&["users"]).ended(2, ".env file");
    let told = Finance::new().with("DATABASE_URL", "x").run(&["import", url]);
    assert_eq!(told.code, 2, "{told:?}");
}
