//! Each command does what it says, and tells it.

use serde_json::json;

use crate::run::{Program, on_each};

fn with_a_team(program: Program) -> Program {
    program.said(&["user", "add", "Ana", "ana@example.org"]);
    program.said(&["user", "add", "Ben", "ben@example.org"]);
    program.said(&["team", "add", "web-shop", "--name", "Web shop", "--founder", "ana@example.org"]);
    program
}

fn till<'a>(program: &'a Program, more: &[&'a str]) -> String {
    let arguments = [
        "item",
        "add",
        "web-shop",
        "till",
        "--kind",
        "service",
        "--repository",
        "https://git.example.org/till",
    ];
    program.said(&[&arguments, more].concat())
}

#[test]
fn users_are_added_listed_shown_and_removed() {
    on_each(|scratch| {
        let program = Program::built(scratch);
        let id = program.said(&["user", "add", "Ana", "Ana@example.org"]);
        assert!(id.starts_with("user_"), "{id}");
        program.said(&["user", "add", "Ben", "ben@example.org"]);
        let ana = json!({ "id": id, "name": "Ana", "email": "ana@example.org" });
        let all = program.list(&["user", "list"]);
        assert_eq!((all.len(), &all[0]), (2, &ana));
        for named in [id.as_str(), "ana@example.org"] {
            assert_eq!(program.list(&["user", "show", named]), std::slice::from_ref(&ana));
        }
        let first = program.run(&["user", "list", "--limit", "1"]);
        assert!(first.out.contains("ana@example.org"), "{first:?}");
        assert_eq!(first.err, format!("the next page: --after {id}\n"));
        let second = program.said(&["user", "list", "--after", &id]);
        assert!(second.contains("ben@example.org") && !second.contains("ana@example.org"), "{second}");
        program.said(&["user", "remove", "ana@example.org"]);
        program.run(&["user", "show", &id]).ended(1, &format!("there is no user {id}"));
    });
}

#[test]
fn a_team_is_shown_with_its_members_and_its_items() {
    on_each(|scratch| {
        let program = with_a_team(Program::built(scratch));
        let said = program.said(&["member", "add", "web-shop", "ben@example.org"]);
        assert_eq!(said, "ben@example.org is in web-shop now, as a member");
        let id = till(&program, &[]);
        let shown = program.said(&["team", "show", "web-shop"]);
        let lines: Vec<&str> = shown.lines().collect();
        assert!(lines[0].starts_with("Web shop (web-shop, team_"), "{shown}");
        assert!(
            lines[1].starts_with("  maintainer") && lines[1].ends_with("Ana <ana@example.org>"),
            "{shown}"
        );
        assert!(
            lines[2].starts_with("  member    ") && lines[2].ends_with("Ben <ben@example.org>"),
            "{shown}"
        );
        assert_eq!(lines[3..], [format!("  service     till  {id}")]);
        let team: serde_json::Value =
            serde_json::from_str(&program.said(&["team", "show", "web-shop", "--format", "json"]))
                .expect("JSON");
        assert_eq!((&team["members"][1]["role"], &team["items"][0]["id"]), (&json!("member"), &json!(id)));
        let listed = program.list(&["team", "list"]);
        assert_eq!((listed.len(), &listed[0]["members"]), (1, &json!(2)));
    });
}

#[test]
fn the_last_maintainer_stays() {
    on_each(|scratch| {
        let program = with_a_team(Program::built(scratch));
        program.said(&["member", "add", "web-shop", "ben@example.org"]);
        let last = "is the last who maintains the team web-shop";
        program.run(&["member", "remove", "web-shop", "ana@example.org"]).ended(1, last);
        program.run(&["member", "role", "web-shop", "ana@example.org", "member"]).ended(1, last);
        program.run(&["user", "remove", "ana@example.org"]).ended(1, last);
        let said = program.said(&["member", "role", "web-shop", "ben@example.org", "maintainer"]);
        assert_eq!(said, "ben@example.org is a maintainer of web-shop now");
        let said = program.said(&["member", "remove", "web-shop", "ana@example.org"]);
        assert_eq!(said, "ana@example.org is not in web-shop any more");
        program.run(&["member", "remove", "web-shop", "ana@example.org"]).ended(1, "is not in the team");
    });
}

#[test]
fn items_are_added_changed_and_removed() {
    on_each(|scratch| {
        let program = with_a_team(Program::built(scratch));
        let attributes = r#"{"tier": 1, "tags": ["a", null]}"#;
        let id = till(&program, &["--attributes", attributes, "--description", "Takes the money."]);
        program.run(&["team", "remove", "web-shop"]).ended(1, "the team web-shop owns items");
        let all = program.list(&["item", "list", "--team", "web-shop", "--kind", "service"]);
        assert_eq!(
            all[0]["attributes"],
            serde_json::from_str::<serde_json::Value>(attributes).expect("JSON")
        );
        assert!(program.list(&["item", "list", "--kind", "website"]).is_empty());
        let changed = program.said(&["item", "change", &id, "--kind", "library", "--name", "Till 2"]);
        assert!(changed.contains("\nname          Till 2\nkind          library\n"), "{changed}");
        let shown = program.said(&["item", "show", &id]);
        assert_eq!(shown, changed);
        assert!(shown.ends_with(r#"attributes    {"tags":["a",null],"tier":1}"#), "{shown}");
        assert_eq!(program.said(&["item", "remove", &id]), format!("removed {id}"));
        program.run(&["item", "show", &id]).ended(1, &format!("there is no item {id}"));
        assert_eq!(program.said(&["team", "remove", "web-shop"]), "removed web-shop");
    });
}

#[test]
fn what_is_taken_is_told() {
    on_each(|scratch| {
        let program = with_a_team(Program::built(scratch));
        program.run(&["user", "add", "Other", "ANA@example.org"]).ended(1, "another user has the address");
        let again = ["team", "add", "web-shop", "--name", "x", "--founder", "ben@example.org"];
        program.run(&again).ended(1, "another team is called web-shop");
        program.run(&["member", "add", "web-shop", "ana@example.org"]).ended(1, "is in the team already");
    });
}

#[test]
fn tables_come_and_go() {
    on_each(|scratch| {
        let program = Program::on(scratch);
        assert!(program.said(&["upgrade"]).starts_with("upgraded to 001: Create users"));
        assert_eq!(program.said(&["upgrade"]), "nothing to do: the tables are at head already");
        assert!(program.said(&["downgrade", "-1"]).starts_with("took back 001: Create users"));
        program.run(&["team", "list"]).ended(3, "revision 001 is missing\nhint: run `teams upgrade` first");
    });
}
