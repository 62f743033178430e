//! Clients that send too much, or that go away in the middle; a server that stops while somebody asks.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use crate::client::request;
use crate::scratch::Scratch;
use crate::server::{Server, TOKEN, bearing, on_each};

fn registration(number: usize) -> String {
    let body = format!(r#"{{"email": "user{number}@example.org"}}"#);
    request("POST", "/users", &bearing(TOKEN), &body)
}

#[test]
fn a_body_that_is_too_large_is_refused() {
    on_each(|server| {
        server.send("POST", "/users", &" ".repeat((16 << 10) + 1)).problem(413);
    });
}

#[test]
fn who_goes_away_before_the_end_leaves_nothing_behind() {
    on_each(|server| {
        let whole = registration(0);
        // More than the pool has connections.
        for cut in (1..whole.len()).step_by(7) {
            let mut stream = TcpStream::connect(server.address).expect("somebody listens");
            stream.write_all(&whole.as_bytes()[..cut]).expect("the server reads");
        }
        assert!(server.all("users", 20).is_empty() && server.all("events", 20).is_empty());
        assert_eq!(server.get("/ready").status, 204);
    });
}

#[test]
fn who_does_not_wait_for_the_answer_leaves_nothing_half_written() {
    on_each(|server| {
        for number in 0..60 {
            let mut stream = TcpStream::connect(server.address).expect("somebody listens");
            stream.write_all(registration(number).as_bytes()).expect("the server reads");
            // Sooner or later, so that the server is met at different points.
            std::thread::sleep(Duration::from_micros((number as u64 % 10) * 200));
        }
        // Each user who is there has their event, and each event its user.
        let of = |list: &str, name: &str| {
            let mut ids: Vec<String> = server
                .all(list, 200)
                .iter()
                .map(|item| item[name].as_str().expect(name).to_owned())
                .collect();
            ids.sort();
            ids
        };
        let users = of("users", "id");
        assert_eq!(of("events", "aggregate_id"), users);
        // None of their connections is busy still: more than there are in the pool are wanted at once.
        std::thread::scope(|scope| {
            let asked: Vec<_> = (100..120)
                .map(|number| {
                    scope.spawn(move || server.register(&format!("user{number}@example.org")).status)
                })
                .collect();
            asked.into_iter().for_each(|asked| assert_eq!(asked.join().expect("an answer"), 201));
        });
        assert!(of("users", "id").len() >= 20);
    });
}

#[test]
fn a_server_that_is_asked_to_stop_answers_first() {
    for scratch in [Scratch::sqlite(), Scratch::postgres()] {
        let server = Server::start(scratch);
        let whole = registration(0);
        let (first, rest) = whole.as_bytes().split_at(whole.len() - 5);
        let mut stream = TcpStream::connect(server.address).expect("somebody listens");
        stream.write_all(first).expect("the server reads");
        // The head is read when another request has been answered.
        assert_eq!(server.get("/ready").status, 204);
        server.ask_to_stop();
        while TcpStream::connect(server.address).is_ok() {
            std::thread::sleep(Duration::from_millis(5));
        }
        stream.write_all(rest).expect("the server reads");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("an answer");
        assert!(answer.starts_with("HTTP/1.1 201"), "{answer}");
        let (code, printed) = server.stop();
        assert_eq!((code, printed.as_str()), (Some(0), ""));
    }
}
