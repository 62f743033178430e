//! Clients that send too much, or that go away in the middle.

use std::io::Write;
use std::net::TcpStream;

use serde_json::json;

use crate::client::send;
use crate::server::on_each;

#[test]
fn a_body_that_is_too_large_is_refused() {
    on_each(|server| {
        for path in ["/users", "/teams", "/items"] {
            send(server.address, "POST", path, &" ".repeat((1 << 20) + 1)).field(413);
        }
    });
}

#[test]
fn who_goes_away_in_the_middle_of_a_body_leaves_nothing_behind() {
    on_each(|server| {
        let body = json!({ "name": "Ana", "email": "ana@example.org" }).to_string();
        // More than the pool has connections.
        for cut in 1..body.len() {
            let mut stream = TcpStream::connect(server.address).expect("somebody listens");
            stream.write_all(head("/users", body.len()).as_bytes()).expect("the server reads");
            stream.write_all(&body.as_bytes()[..cut]).expect("the server reads");
        }
        assert_eq!(server.get("/users").json()["users"], json!([]));
        assert_eq!(server.get("/ready").status, 204);
    });
}

/// Who does not wait for the answer has either done everything or nothing, and holds no connection.
#[test]
fn who_goes_away_before_the_answer_has_done_all_or_nothing() {
    on_each(|server| {
        let ana = server.user("Ana");
        for number in 0..40 {
            let body = json!({ "slug": format!("team{number}"), "name": "Team", "founder": ana }).to_string();
            let mut stream = TcpStream::connect(server.address).expect("somebody listens");
            let request = head("/teams", body.len()) + &body;
            stream.write_all(request.as_bytes()).expect("the server reads");
        }
        // A write that must wait for all that is open: it would find no connection if those were still busy.
        server.team("last", &ana);
        let teams = server.get("/teams?limit=200").json()["teams"].as_array().expect("teams").clone();
        assert!(!teams.is_empty());
        for team in teams {
            assert_eq!(team["members"], 1, "a team is founded with its founder, or not at all");
        }
        assert_eq!(server.get("/ready").status, 204);
    });
}

fn head(path: &str, length: usize) -> String {
    format!(
        "POST {path} HTTP/1.1\r\nhost: test\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n\r\n"
    )
}
