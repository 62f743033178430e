//! What the interface answers to right requests, on both databases.

use serde_json::{Value, json};

use crate::scratch::Scratch;
use crate::server::{Server, on_each};

fn names(list: &Value) -> Vec<&str> {
    list.as_array().expect("a list").iter().map(|element| element["name"].as_str().expect("a name")).collect()
}

#[test]
fn users_come_are_found_and_go() {
    on_each(|server| {
        let id = server.user("Ana");
        let ana = json!({ "id": id, "name": "Ana", "email": "ana@example.org" });
        for named in [id.as_str(), "ana@example.org", "ANA@example.org"] {
            assert_eq!(server.get(&format!("/users/{named}")).json(), ana, "{named}");
        }
        assert_eq!(server.delete(&format!("/users/{id}")).status, 204);
        assert_eq!(server.get(&format!("/users/{id}")).code(404), "UserNotFound");
        assert_eq!(server.delete(&format!("/users/{id}")).code(404), "UserNotFound");
    });
}

#[test]
fn a_team_is_read_with_its_members_and_its_items() {
    on_each(|server| {
        let (ana, ben) = (server.user("Ana"), server.user("Ben"));
        let id = server.team("web-shop", "ana@example.org");
        server.join("web-shop", &ben, "member");
        let (web, till) = (server.item("web-shop", "web"), server.item(&id, "till"));
        for named in ["web-shop", &id] {
            let team = server.get(&format!("/teams/{named}")).json();
            assert_eq!(
                (&team["id"], &team["slug"], &team["name"]),
                (&json!(id), &json!("web-shop"), &json!("web-shop"))
            );
            let members = team["members"].as_array().expect("members");
            let shown: Vec<_> =
                members.iter().map(|member| (&member["user"]["id"], &member["role"])).collect();
            assert_eq!(shown, [(&json!(ana), &json!("maintainer")), (&json!(ben), &json!("member"))]);
            assert!(members[0]["since"].as_str().expect("a time").ends_with('Z'));
            assert_eq!(members[1]["user"], json!({ "id": ben, "name": "Ben", "email": "ben@example.org" }));
            assert_eq!(names(&team["items"]), ["till", "web"]);
            assert_eq!((&team["items"][0]["id"], &team["items"][1]["id"]), (&json!(till), &json!(web)));
        }
        let listed = json!({ "id": id, "slug": "web-shop", "name": "web-shop", "members": 2 });
        assert_eq!(server.get("/teams").json(), json!({ "teams": [listed], "next": null }));
    });
}

#[test]
fn people_join_change_their_role_and_leave() {
    on_each(|server| {
        let (ana, ben) = (server.user("Ana"), server.user("Ben"));
        server.team("shop", &ana);
        let members = "/teams/shop/members";
        let joined = server.post(members, &json!({ "user": "ben@example.org", "role": "member" }));
        assert_eq!((joined.status, &joined.json()["user"]), (201, &json!(ben)), "{joined:?}");
        assert_eq!(
            server.post(members, &json!({ "user": ben, "role": "member" })).code(409),
            "AlreadyMember"
        );

        let (of_ana, of_ben) = (format!("{members}/{ana}"), format!("{members}/ben@example.org"));
        assert_eq!(server.delete(&of_ana).code(409), "LastMaintainer");
        assert_eq!(server.patch(&of_ana, &json!({ "role": "member" })).code(409), "LastMaintainer");
        let changed = server.patch(&of_ben, &json!({ "role": "maintainer" }));
        assert_eq!((changed.status, &changed.json()["role"]), (200, &json!("maintainer")), "{changed:?}");
        assert_eq!(changed.json()["since"], joined.json()["since"]);
        assert_eq!(server.delete(&of_ana).status, 204);
        assert_eq!(server.delete(&of_ana).code(404), "NoMember");
        assert_eq!(server.delete(&format!("/users/{ben}")).code(409), "LastMaintainer");
        assert_eq!(server.get("/teams/shop").json()["members"].as_array().map(Vec::len), Some(1));
    });
}

#[test]
fn a_team_that_owns_something_stays() {
    on_each(|server| {
        let ana = server.user("Ana");
        server.team("shop", &ana);
        server.team("web", &ana);
        let till = format!("/items/{}", server.item("shop", "till"));
        assert_eq!(server.delete("/teams/shop").code(409), "OwnsItems");
        let moved = server.patch(&till, &json!({ "team": "web" }));
        assert_eq!((moved.status, &moved.json()["team"]), (200, &server.get("/teams/web").json()["id"]));
        assert_eq!(server.delete("/teams/shop").status, 204);
        assert_eq!(server.get("/teams/shop").code(404), "TeamNotFound");
        assert_eq!(server.get(&till).status, 200);
    });
}

#[test]
fn an_item_keeps_what_is_said_of_it() {
    on_each(|server| {
        let ana = server.user("Ana");
        let team = server.team("shop", &ana);
        let mut item = json!({
            "team": "shop", "name": "Till", "kind": "dataset", "repository": "https://git.example.org/till",
            "description": "Takes the money;\nall of it.",
            "attributes": { "tier": -1, "public": true, "tags": ["it's", { "ä \"": null }], "empty": {} },
        });
        let added = server.post("/items", &item);
        let id = added.created();
        item["id"] = json!(id);
        item["team"] = json!(team);
        assert_eq!(added.json(), item);
        assert_eq!(server.get(&format!("/items/{id}")).json(), item);

        item["attributes"] = json!({ "tier": 9_223_372_036_854_775_807_i64 });
        item["kind"] = json!("service");
        let changes = json!({ "attributes": item["attributes"], "kind": "service" });
        assert_eq!(server.patch(&format!("/items/{id}"), &changes).json(), item);
        assert_eq!(server.patch(&format!("/items/{id}"), &json!({})).json(), item);
        assert_eq!(server.get(&format!("/items/{id}")).json(), item);
        assert_eq!(server.delete(&format!("/items/{id}")).status, 204);
        assert_eq!(server.get(&format!("/items/{id}")).code(404), "ItemNotFound");
    });
}

#[test]
fn lists_come_in_pages() {
    on_each(|server| {
        let ana = server.user("Ana");
        for number in 0..4 {
            server.user(&format!("User{number}"));
        }
        for number in 0..5 {
            server.team(&format!("team{number}"), &ana);
            server.item("team0", &format!("item{number}"));
        }
        for (path, key) in [
            ("/users", "users"),
            ("/teams", "teams"),
            ("/items", "items"),
            ("/items?team=team0&kind=service", "items"),
        ] {
            let with = |more: String| format!("{path}{}{more}", if path.contains('?') { '&' } else { '?' });
            let whole = server.get(path).json();
            assert_eq!(
                (whole[key].as_array().map(Vec::len), &whole["next"]),
                (Some(5), &Value::Null),
                "{path}"
            );
            let (mut seen, mut more) = (Vec::new(), "limit=2".to_owned());
            loop {
                let page = server.get(&with(more)).json();
                seen.extend(page[key].as_array().expect("a list").clone());
                let Some(next) = page["next"].as_str() else { break };
                more = format!("limit=2&after={next}");
            }
            assert_eq!(json!(seen), whole[key], "{path}");
        }
        assert_eq!(server.get("/items?kind=website").json(), json!({ "items": [], "next": null }));
        assert_eq!(server.get("/items?team=team1").json()["items"], json!([]));
    });
}

#[test]
fn a_server_that_is_asked_to_stop_ends_well() {
    let server = Server::start(Scratch::sqlite());
    assert_eq!((server.get("/health").status, server.get("/ready").status), (204, 204));
    assert_eq!(server.stop(), Some(0));
}
