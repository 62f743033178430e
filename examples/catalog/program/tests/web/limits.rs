//! Clients that send too much, or that go away in the middle.

use std::io::Write;
use std::net::TcpStream;

use serde_json::json;

use crate::client::send;
use crate::server::on_each;

#[test]
fn a_body_that_is_too_large_is_refused() {
    on_each(|server| {
        send(server.address, "POST", "/cars", &" ".repeat((1 << 20) + 1)).field(413);
    });
}

#[test]
fn who_goes_away_in_the_middle_leaves_nothing_behind() {
    on_each(|server| {
        let body = json!({ "cars": [{ "make": "Kia", "model": "Rio", "year": 2020, "price_mxn": "1" }] })
            .to_string();
        // More than the pool has connections.
        for cut in (1..body.len()).step_by(3) {
            let mut stream = TcpStream::connect(server.address).expect("somebody listens");
            let head = format!(
                "POST /cars HTTP/1.1\r\nhost: test\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n",
                body.len()
            );
            stream.write_all(head.as_bytes()).expect("the server reads");
            stream.write_all(&body.as_bytes()[..cut]).expect("the server reads");
        }
        assert!(server.texts(&[], "id").is_empty());
        assert_eq!(server.get("/ready").status, 204);
    });
}
