//! The demo: what a newcomer sees first.

use std::fs;

use crate::finance::{Finance, Told, on_each};

#[test]
fn it_tells_the_whole_story_on_a_new_file() {
    let told = Finance::new().run(&["demo"]).done();
    let filters = [
        (r"user_[0-9a-z]{26}", "[id of a user]"),
        (r"sqlite:\S+/finance-demo-\w+/finance\.db", "[url]"),
        (r"/\S+/finance-demo-\w+/finance\.keys", "[key file]"),
    ];
    insta::with_settings!({ filters => filters }, { insta::assert_snapshot!(told.out, @r#"
Finance, the first example of Underpin
[url] (a new file)

1. Build the tables, by the revisions that are compiled into this program
   + 001  Create users, encrypted_secrets and outbox

2. Two users register
   + [id of a user]  ana@example.org
   + [id of a user]  ben@example.org
     each in one transaction with the event UserRegistered

3. Ana verifies her address, twice
   + ana@example.org is verified
   x the second time: the email address is verified already
     a rule of the domain: AlreadyVerified, and no second event

4. Ben has another address
   + ben@example.org is now ben@example.net, to be verified

5. Somebody registers with Ana's address
   x ana@example.org: the email address belongs to another user
     the database says uq_users_email, the domain hears EmailTaken

6. Eva registers in one unit of work with another one who wants Ana's address
   x the commit: the email address belongs to another user
   + eva@example.org is not there, and neither is an event of hers

7. Ana entrusts the token of her bank
   + a new key is in [key file], which its owner alone may read (mode 0600)
   + ana@example.org has plaid_access_token, and gets it back
     in the table: 58 bytes in base64, AES-256-GCM, key 1
   x a copy of it in a row of ben@example.net: cannot be decrypted there

8. What waits in the outbox until a relay delivers it
   +   1  UserRegistered  {"email":"ana@example.org"}
   +   2  UserRegistered  {"email":"ben@example.org"}
   +   3  EmailVerified   {"email":"ana@example.org"}
   +   4  EmailChanged    {"from":"ben@example.org","to":"ben@example.net"}

Whatever was committed has its event, and whatever was taken back has none.

Look around
   cargo run -p finance -- users --database-url [url]
   cargo run -p finance -- events --database-url [url]
   cargo run -p finance -- register you@example.org --database-url [url]
   cargo run -p finance -- secret get [id of a user] plaid_access_token --key-file [key file] --database-url [url]
"#); });
}

#[test]
fn it_tells_the_same_story_on_a_database_that_is_named() {
    let expected = story(&Finance::new().run(&["demo"]).done());
    on_each(|scratch| {
        let told = Finance::on(scratch).with_a_key().run(&["demo"]).done();
        assert_eq!(
            told.out.lines().nth(1),
            Some(&*format!("{} (your database; nothing in it is lost)", scratch.url()))
        );
        assert_eq!(story(&told), expected);
    });
}

/// The steps of a story, without ids.
fn story(told: &Told) -> Vec<String> {
    let steps = told.out.lines().skip(2).take_while(|line| *line != "Look around");
    let is_id = |word: &str| word.starts_with("user_");
    let key = |line: &&str| !line.contains("a new key is in ") && !line.contains("the key is the one that");
    let words = |line: &str| line.split(' ').filter(|word| !is_id(word)).collect::<Vec<_>>().join(" ");
    steps.filter(key).map(words).filter(|line| !line.is_empty()).collect()
}

#[test]
fn it_can_be_told_again_and_takes_nothing_away() {
    on_each(|scratch| {
        let finance = Finance::on(scratch).with_a_key();
        finance.run(&["demo"]).done();
        finance.run(&["register", "eva@example.org"]).done();
        let before = (finance.list(&["users"]), finance.list(&["events"]));
        for time in 2..4 {
            let told = finance.run(&["demo"]).done();
            assert!(told.out.contains("they are there already"), "{}", told.out);
            let (users, events) = (finance.list(&["users"]), finance.list(&["events"]));
            assert_eq!((users.len(), events.len()), (3 + 2 * (time - 1), 5 + 4 * (time - 1)));
            assert!(
                before.0.iter().all(|user| users.contains(user)),
                "users that were there stay as they were"
            );
            assert!(before.1.iter().all(|event| events.contains(event)), "events too");
        }
    });
}

#[test]
fn each_new_file_is_its_own_and_stays() {
    let finance = Finance::new();
    let urls: Vec<String> = (0..2)
        .map(|_| {
            let told = finance.run(&["demo"]).done();
            told.out.lines().nth(1).and_then(|line| line.split(' ').next()).expect("a URL").to_owned()
        })
        .collect();
    assert_ne!(urls[0], urls[1]);
    for url in urls {
        let users = finance.run(&["users", "--database-url", &url]).done();
        assert!(
            users.out.contains("ana@example.org") && users.out.contains("ben@example.net"),
            "{}",
            users.out
        );
    }
}

#[test]
fn the_commands_that_it_ends_with_work() {
    let finance = Finance::new();
    let spaced = finance.directory().join("a directory of one's own");
    fs::create_dir(&spaced).expect("a directory");
    let finance = finance.with("TMPDIR", spaced.display().to_string());
    let told = finance.run(&["demo"]).done();
    let commands: Vec<&str> =
        told.out.lines().filter_map(|line| line.trim().strip_prefix("cargo run -p finance -- ")).collect();
    assert_eq!(commands.len(), 4, "{}", told.out);
    for command in commands {
        let line = format!("{} {command}", env!("CARGO_BIN_EXE_finance"));
        let output = std::process::Command::new("sh").args(["-c", &line]).output().expect("a shell");
        Told::of(&output).done();
    }
}
