//! Each command does what it says, and tells it.

use crate::finance::{Finance, on_each};

#[test]
fn a_user_from_the_first_day_on() {
    on_each(|scratch| {
        let finance = Finance::built(scratch);
        let told = finance.run(&["register", "Ana@example.org", "ben@example.org"]).done();
        let ids: Vec<_> = told.out.lines().filter_map(|line| line.split(' ').next()).collect();
        assert_eq!(told.out, format!("{} ana@example.org\n{} ben@example.org\n", ids[0], ids[1]));

        let told = finance.run(&["verify-email", ids[0]]).done();
        assert_eq!(told.out, format!("{} ana@example.org verified\n", ids[0]));
        finance.run(&["verify-email", ids[0]]).ended(1, "error: the email address is verified already\n");

        let told = finance.run(&["change-email", ids[1], "ben@example.net"]).done();
        assert_eq!(told.out, format!("{} ben@example.net to be verified\n", ids[1]));
        finance.run(&["change-email", ids[1], "ana@example.org"]).ended(1, "belongs to another user");
        let told = finance.run(&["change-email", ids[0], "ana@example.org"]).done();
        assert!(told.out.ends_with(" verified\n"), "the same address is no change");

        let told = finance.run(&["register", "ana@example.org", "eva@example.org"]);
        let told = told.ended(1, "error: ana@example.org: the email address belongs to another user\n");
        assert!(told.out.ends_with(" eva@example.org\n"), "one who is refused holds up nobody");

        let nobody = "user_01h455vb4pex5vsknk084sn02q";
        finance.run(&["verify-email", nobody]).ended(1, &format!("there is no user {nobody}"));
        finance.run(&["change-email", nobody, "a@b.c"]).ended(1, &format!("there is no user {nobody}"));

        assert_eq!(
            finance.texts(&["users"], "email"),
            ["ana@example.org", "ben@example.net", "eva@example.org"]
        );
        let types = ["UserRegistered", "UserRegistered", "EmailVerified", "EmailChanged", "UserRegistered"];
        assert_eq!(finance.texts(&["events"], "event_type"), types);
    });
}

#[test]
fn lists_are_tables_for_people() {
    on_each(|scratch| {
        let finance = Finance::built(scratch);
        assert_eq!(finance.run(&["users"]).done().out.lines().count(), 1, "titles only");
        finance.run(&["register", "ana@example.org", "ben@example.org"]).done();
        let users = finance.run(&["users"]).done().out;
        let lines: Vec<Vec<&str>> = users.lines().map(|line| line.split_whitespace().collect()).collect();
        assert_eq!(lines[0], ["ID", "VERIFIED", "REGISTERED", "EMAIL"]);
        assert_eq!((lines[1][1], lines[1][4], lines[2][4]), ("no", "ana@example.org", "ben@example.org"));
        let columns: Vec<_> = users.lines().map(|line| line.rfind("  ").expect("columns")).collect();
        assert!(columns.iter().all(|column| *column == columns[0]), "{users}");

        let events = finance.run(&["events"]).done().out;
        let lines: Vec<&str> = events.lines().collect();
        assert_eq!(lines.len(), 3);
        assert!(
            lines[1].contains("waiting") && lines[1].ends_with(r#"{"email":"ana@example.org"}"#),
            "{events}"
        );
    });
}

#[test]
fn lists_are_json_for_programs() {
    on_each(|scratch| {
        let finance = Finance::built(scratch);
        assert!(finance.list(&["users"]).is_empty() && finance.list(&["events"]).is_empty());
        let id = finance.run(&["register", "ana@example.org"]).done().word(0);
        let users = finance.list(&["users"]);
        assert_eq!((&users[0]["id"], &users[0]["email_verified"]), (&id.as_str().into(), &false.into()));
        assert_eq!(
            users[0]["created_at"].as_str().expect("a time").len(),
            "2026-11-21T03:00:00.000000Z".len()
        );
        assert_eq!(users[0]["created_at"], users[0]["updated_at"]);
        let event = &finance.list(&["events", "--waiting"])[0];
        assert_eq!(event["aggregate_id"], id.as_str());
        assert_eq!(event["payload"]["email"], "ana@example.org");
        assert_eq!(
            (&event["aggregate_type"], &event["processed_at"]),
            (&"User".into(), &serde_json::Value::Null)
        );
        assert_eq!(event["created_at"], users[0]["created_at"]);
    });
}

#[test]
fn lists_of_many_pages_have_everybody_once() {
    on_each(|scratch| {
        let finance = Finance::built(scratch);
        let lines: String = (0..1_250).map(|number| format!("user{number}@example.org\n")).collect();
        finance
            .run_with_input(&["import", "-", "--format", "csv"], format!("email\n{lines}").as_bytes())
            .done();
        let mut emails = finance.texts(&["users", "--limit", "200"], "email");
        assert_eq!(emails.len(), 1_250);
        emails.sort();
        emails.dedup();
        assert_eq!(emails.len(), 1_250);
        assert_eq!(finance.list(&["events", "--waiting", "--limit", "200"]).len(), 1_250);
        let sizes: Vec<usize> = finance.pages(&["events", "--limit", "180"]).iter().map(Vec::len).collect();
        assert_eq!(sizes, [180, 180, 180, 180, 180, 180, 170]);
        let told = finance.run(&["users"]);
        assert_eq!((told.code, told.out.lines().count()), (0, 21), "20 and the titles");
        assert!(told.err.starts_with("the next page: --after "), "{}", told.err);
        let place = told.err.trim().rsplit(' ').next().expect("a place").to_owned();
        finance.run(&["events", "--after", &place]).ended(2, "the cursor is not one of this query");
    });
}

#[test]
fn tables_go_up_and_down() {
    on_each(|scratch| {
        let finance = Finance::on(scratch);
        let told = finance.run(&["upgrade"]).done();
        assert_eq!(told.out, "upgraded to 001: Create users, encrypted_secrets and outbox\n");
        assert_eq!(
            finance.run(&["upgrade", "head"]).done().out,
            "nothing to do: the tables are at head already\n"
        );
        finance.run(&["register", "ana@example.org"]).done();
        let told = finance.run(&["downgrade", "-1"]).done();
        assert_eq!(told.out, "took back 001: Create users, encrypted_secrets and outbox\n");
        finance.run(&["users"]).ended(3, "revision 001 is missing");
        assert_eq!(
            finance.run(&["downgrade", "base"]).done().out,
            "nothing to do: the tables are at base already\n"
        );
        finance.run(&["upgrade", "+1"]).done();
        assert!(finance.list(&["users"]).is_empty());
    });
}
