//! What the interface answers, to right and to wrong requests.

use std::thread;

use serde_json::{Value, json};

use crate::server::on_each;

const NOBODY: &str = "user_01h455vb4pex5vsknk084sn02q";

fn texts(list: &[Value], name: &str) -> Vec<String> {
    list.iter().map(|object| object[name].as_str().expect(name).to_owned()).collect()
}

#[test]
fn who_registers_can_be_read() {
    on_each(|server| {
        let answer = server.register("Ana@Example.org");
        assert_eq!(answer.status, 201, "{answer:?}");
        let ana = answer.json();
        assert_eq!((&ana["email"], &ana["email_verified"]), (&json!("ana@example.org"), &json!(false)));
        let place = answer.header("location").expect("where she can be read");
        assert_eq!(place, format!("/users/{}", ana["id"].as_str().expect("an id")));
        assert_eq!(server.get(place).json(), ana, "what is answered is what is kept");
        let events = server.all("events", 20);
        assert_eq!(texts(&events, "event_type"), ["UserRegistered"]);
        assert_eq!(events[0]["aggregate_id"], ana["id"]);
        assert_eq!(events[0]["payload"], json!({ "email": "ana@example.org" }));
        assert_eq!(events[0]["processed_at"], Value::Null);
    });
}

#[test]
fn an_address_belongs_to_one_user() {
    on_each(|server| {
        server.registered("ana@example.org");
        let ben = server.registered("ben@example.org")["id"].as_str().expect("an id").to_owned();
        for answer in [server.register("ANA@example.org"), server.change_email(&ben, "ana@example.org")] {
            let problem = answer.problem(409);
            assert_eq!((&problem["code"], &problem["field"]), (&json!("EmailTaken"), &json!("email")));
            assert_eq!(problem["detail"], "the email address belongs to another user");
            for inside in ["uq_", "users", "SQL", "constraint"] {
                assert!(!answer.body.contains(inside), "{}", answer.body);
            }
        }
        assert_eq!(server.all("events", 20).len(), 2, "what is refused leaves no event");
        assert_eq!(server.get(&format!("/users/{ben}")).json()["email"], "ben@example.org");
    });
}

#[test]
fn of_many_who_want_one_address_at_the_same_time_one_has_it() {
    on_each(|server| {
        let mut statuses: Vec<u16> = thread::scope(|scope| {
            let asked: Vec<_> =
                (0..12).map(|_| scope.spawn(|| server.register("ana@example.org").status)).collect();
            asked.into_iter().map(|asked| asked.join().expect("an answer")).collect()
        });
        statuses.sort_unstable();
        assert_eq!(statuses, [&[201][..], &[409; 11]].concat());
        assert_eq!((server.all("users", 20).len(), server.all("events", 20).len()), (1, 1));
    });
}

#[test]
fn an_address_is_verified_once_and_anew_when_it_changes() {
    on_each(|server| {
        let ana = server.registered("ana@example.org");
        let id = ana["id"].as_str().expect("an id");
        let verify = || server.send("POST", &format!("/users/{id}/verify-email"), "");
        let verified = verify();
        assert_eq!((verified.status, &verified.json()["email_verified"]), (200, &json!(true)));
        let again = verify().problem(409);
        assert_eq!(again["code"], "AlreadyVerified");
        let changed = server.change_email(id, "ana@example.net");
        assert_eq!(changed.status, 200, "{changed:?}");
        assert_eq!(changed.json()["email_verified"], false);
        assert_eq!(server.get(&format!("/users/{id}")).json(), changed.json());
        assert_eq!(server.change_email(id, "ana@example.net").status, 200, "the same address is no change");
        assert_eq!(verify().json()["email_verified"], true);
        let events = server.all("events", 20);
        let happened = ["UserRegistered", "EmailVerified", "EmailChanged", "EmailVerified"];
        assert_eq!(texts(&events, "event_type"), happened);
        assert_eq!(events[2]["payload"], json!({ "from": "ana@example.org", "to": "ana@example.net" }));
    });
}

#[test]
fn lists_come_in_pages() {
    on_each(|server| {
        assert_eq!((server.all("users", 1).len(), server.all("events", 1).len()), (0, 0));
        let emails: Vec<String> = (0..23).map(|number| format!("user{number}@example.org")).collect();
        for email in &emails {
            server.registered(email);
        }
        for size in [1, 5, 22, 23, 24, 200] {
            assert_eq!(texts(&server.all("users", size), "email"), emails, "pages of {size}");
            assert_eq!(server.all("events", size).len(), 23, "pages of {size}");
        }
        assert_eq!(server.get("/users").json()["users"].as_array().map(Vec::len), Some(20));
        assert_eq!(server.get("/events?waiting=true").json()["events"].as_array().map(Vec::len), Some(20));
    });
}

#[test]
fn a_bad_query_is_a_422_that_names_the_field() {
    on_each(|server| {
        (0..2).for_each(|number| drop(server.registered(&format!("user{number}@example.org"))));
        let next =
            |list: &str| server.get(&format!("/{list}?limit=1")).json()["next"].as_str().map(str::to_owned);
        let (of_users, of_events) = (next("users").expect("a page"), next("events").expect("a page"));
        // The same with another letter in the id, which is NUL.
        let hostile = format!("{}00", &of_users[..of_users.len() - 2]);
        for (query, field) in [
            ("users?limit=0".to_owned(), "limit"),
            ("users?limit=201".to_owned(), "limit"),
            ("users?limit=-1".to_owned(), "limit"),
            ("users?limit=many".to_owned(), "limit"),
            ("users?limit=".to_owned(), "limit"),
            ("users?limit=99999999999999999999".to_owned(), "limit"),
            ("users?limit=1&limit=2".to_owned(), "limit"),
            ("users?after=".to_owned(), "after"),
            ("users?after=zz".to_owned(), "after"),
            (format!("users?after={of_events}"), "after"),
            (format!("users?after={of_users}00"), "after"),
            (format!("users?after={hostile}"), "after"),
            (format!("events?after={of_users}"), "after"),
            ("events?waiting=perhaps".to_owned(), "waiting"),
            ("events?wating=true".to_owned(), "wating"),
            ("users?waiting=true".to_owned(), "waiting"),
        ] {
            let problem = server.get(&format!("/{query}")).problem(422);
            assert_eq!(problem["field"], field, "{query}");
            assert!(problem["detail"].is_string(), "{query}");
        }
    });
}

#[test]
fn a_bad_body_says_what_is_wrong() {
    on_each(|server| {
        let ana = server.registered("ana@example.org")["id"].as_str().expect("an id").to_owned();
        let routes = [("POST", "/users".to_owned()), ("PUT", format!("/users/{ana}/email"))];
        let long = format!("{}@example.org", "a".repeat(256));
        for (method, path) in &routes {
            for wrong in ["", "ana", "ana@example", "a b@example.org", "ana\u{0}@example.org", long.as_str()]
            {
                let body = json!({ "email": wrong }).to_string();
                assert_eq!(server.send(method, path, &body).problem(422)["field"], "email", "{wrong}");
            }
            assert_eq!(server.send(method, path, r#"{"email": 1}"#).problem(422)["field"], "email");
            for body in ["{}", "[]", r#"{"email": "x@example.org", "admin": true}"#] {
                server.send(method, path, body).problem(422);
            }
            for body in ["", "{", "nothing"] {
                server.send(method, path, body).problem(400);
            }
        }
        assert_eq!((server.all("users", 20).len(), server.all("events", 20).len()), (1, 1));
    });
}

#[test]
fn what_is_not_there_is_a_problem_too() {
    on_each(|server| {
        let email = json!({ "email": "ana@example.org" }).to_string();
        for (method, path, body) in [
            ("GET", format!("/users/{NOBODY}"), ""),
            ("POST", format!("/users/{NOBODY}/verify-email"), ""),
            ("PUT", format!("/users/{NOBODY}/email"), email.as_str()),
        ] {
            assert_eq!(server.send(method, &path, body).problem(404)["code"], "UserNotFound", "{path}");
        }
        for id in ["x", "car_01h455vb4pex5vsknk084sn02q", "%00", "%FF", "user_"] {
            server.get(&format!("/users/{id}")).problem(404);
        }
        for (method, path, status) in
            [("GET", "/nothing", 404), ("DELETE", "/users", 405), ("GET", "/users/x/email", 405)]
        {
            server.send(method, path, "").problem(status);
        }
    });
}
