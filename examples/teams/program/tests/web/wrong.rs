//! What the interface answers to wrong requests: a problem that names what is wrong, and nothing of the inside.

use serde_json::{Value, json};

use crate::client::send;
use crate::scratch::Scratch;
use crate::server::{Server, on_each};

#[test]
fn a_bad_query_is_a_422_that_names_the_parameter() {
    on_each(|server| {
        for (path, field) in [
            ("/users?limit=0", "limit"),
            ("/users?limit=201", "limit"),
            ("/teams?limit=many", "limit"),
            ("/teams?limit=99999999999999999999", "limit"),
            ("/users?after=x", "after"),
            ("/users?after=team_01h455vb4pex5vsknk084sn02q", "after"),
            ("/items?kind=Service", "kind"),
            ("/items?team=Shop", "team"),
            ("/items?team=nobody", "team"),
            ("/items?team=team_01h455vb4pex5vsknk084sn02q", "team"),
            ("/items?teem=shop", "teem"),
            ("/users?limit=1&limit=2", "limit"),
        ] {
            let answer = server.get(path);
            assert_eq!(answer.field(422), field, "{path}");
            assert!(answer.json()["detail"].is_string(), "{path}");
        }
    });
}

#[test]
fn a_bad_body_is_a_422_that_names_the_field_and_leaves_nothing() {
    on_each(|server| {
        server.user("Ana");
        server.team("shop", "ana@example.org");
        let id = server.item("shop", "till");
        let before = server.get("/teams/shop").json();
        let user = json!({ "name": "Ben", "email": "ben@example.org" });
        let team = json!({ "name": "Web", "slug": "web", "founder": "ana@example.org" });
        let member = json!({ "user": "ana@example.org", "role": "member" });
        let item =
            json!({ "team": "shop", "name": "x", "kind": "library", "repository": "https://example.org/x" });
        let deep = (0..9).fold(json!(1), |inside, _| json!([inside]));
        let of_item = format!("/items/{id}");
        for (method, path, good, field, value) in [
            ("POST", "/users", &user, "name", json!(" ")),
            ("POST", "/users", &user, "name", json!("x".repeat(101))),
            ("POST", "/users", &user, "name", json!("a\u{0}b")),
            ("POST", "/users", &user, "name", json!(1)),
            ("POST", "/users", &user, "email", json!("ben")),
            ("POST", "/users", &user, "email", json!(null)),
            ("POST", "/users", &user, "e_mail", json!("x")),
            ("POST", "/teams", &team, "slug", json!("Web shop")),
            ("POST", "/teams", &team, "slug", json!("")),
            ("POST", "/teams", &team, "founder", json!("nobody@example.org")),
            ("POST", "/teams", &team, "founder", json!("user_01h455vb4pex5vsknk084sn02q")),
            ("POST", "/teams", &team, "founder", json!("nobody")),
            ("POST", "/teams/shop/members", &member, "role", json!("owner")),
            ("POST", "/teams/shop/members", &member, "user", json!("nobody@example.org")),
            ("POST", "/items", &item, "team", json!("nobody")),
            ("POST", "/items", &item, "kind", json!("thing")),
            ("POST", "/items", &item, "repository", json!("http://example.org")),
            ("POST", "/items", &item, "repository", json!("https://ana:hunter2@example.org")),
            ("POST", "/items", &item, "description", json!("a\u{0}b")),
            ("POST", "/items", &item, "description", json!("x".repeat(2001))),
            ("POST", "/items", &item, "attributes", json!([])),
            ("POST", "/items", &item, "attributes", json!({ "a": 1.5 })),
            ("POST", "/items", &item, "attributes", json!({ "a": "\u{0}" })),
            ("POST", "/items", &item, "attributes", json!({ "a": deep })),
            ("POST", "/items", &item, "attributes", json!({ "a": vec![1; 500] })),
            ("PATCH", of_item.as_str(), &json!({}), "name", json!(null)),
            ("PATCH", &of_item, &json!({}), "team", json!("nobody")),
            ("PATCH", &of_item, &json!({}), "id", json!("item_01h455vb4pex5vsknk084sn02q")),
            ("PATCH", "/teams/shop/members/ana@example.org", &json!({}), "role", json!("owner")),
        ] {
            let mut body = good.clone();
            body[field] = value;
            let answer = server.send(method, path, &body);
            assert_eq!(answer.field(422), field, "{method} {path} {field}");
            assert!(!answer.body.contains("hunter2"), "{answer:?}");
        }
        let in_order = json!(["Ben", "ben@example.org"]);
        for body in [json!({}), json!([]), json!(null), json!({ "name": "Ben" }), in_order] {
            server.post("/users", &body).field(422);
        }
        send(server.address, "POST", "/users", "{\"name\": ").field(400);
        assert_eq!(server.get("/teams/shop").json(), before);
        assert_eq!(server.get("/users").json()["users"].as_array().map(Vec::len), Some(1));
    });
}

#[test]
fn what_is_taken_is_a_409() {
    on_each(|server| {
        let ana = server.user("Ana");
        server.team("shop", &ana);
        let user = server.post("/users", &json!({ "name": "Other", "email": "ANA@example.org" }));
        assert_eq!((user.code(409).as_str(), user.field(409).as_str()), ("EmailTaken", "email"));
        let team = server.post("/teams", &json!({ "name": "Other", "slug": "shop", "founder": ana }));
        assert_eq!((team.code(409).as_str(), team.field(409).as_str()), ("SlugTaken", "slug"));
    });
}

#[test]
fn what_the_path_names_and_is_not_there_is_a_404() {
    on_each(|server| {
        server.user("Ana");
        server.team("shop", "ana@example.org");
        let role = json!({ "role": "member" });
        let nobody = "user_01h455vb4pex5vsknk084sn02q";
        for (method, path, body) in [
            ("GET", format!("/users/{nobody}"), Value::Null),
            ("GET", "/users/nobody@example.org".to_owned(), Value::Null),
            ("GET", "/users/team_01h455vb4pex5vsknk084sn02q".to_owned(), Value::Null),
            ("GET", "/users/%00".to_owned(), Value::Null),
            ("GET", "/teams/nobody".to_owned(), Value::Null),
            ("GET", "/teams/%27%20OR%201=1".to_owned(), Value::Null),
            ("DELETE", "/teams/nobody".to_owned(), Value::Null),
            ("GET", "/items/item_01h455vb4pex5vsknk084sn02q".to_owned(), Value::Null),
            ("PATCH", "/items/item_01h455vb4pex5vsknk084sn02q".to_owned(), json!({})),
            ("DELETE", "/items/x".to_owned(), Value::Null),
            ("PATCH", format!("/teams/shop/members/{nobody}"), role.clone()),
            ("PATCH", "/teams/nobody/members/ana@example.org".to_owned(), role),
            ("DELETE", format!("/teams/shop/members/{nobody}"), Value::Null),
            (
                "POST",
                "/teams/nobody/members".to_owned(),
                json!({ "user": "ana@example.org", "role": "member" }),
            ),
            ("GET", "/nothing".to_owned(), Value::Null),
        ] {
            server.send(method, &path, &body).field(404);
        }
    });
}

#[test]
fn what_cannot_be_done_there_is_a_405() {
    let server = Server::start(Scratch::sqlite());
    for (method, path) in [("PUT", "/users"), ("DELETE", "/teams"), ("POST", "/items/x"), ("POST", "/health")]
    {
        send(server.address, method, path, "").field(405);
    }
}
