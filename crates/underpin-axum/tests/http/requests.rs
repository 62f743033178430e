//! What becomes of the unit of work of a request, however the request ends.

use std::time::Duration;

use axum::http::StatusCode;
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;
use underpin_axum::Server;
use underpin_conformance::Target;

use crate::client::{request, send};
use crate::service::{ENTERED, Service};

const TARGETS: [Target; 2] = [Target::Sqlite, Target::Postgres];

fn account(id: i64, owner: &str) -> String {
    format!(r#"{{"id": {id}, "owner": "{owner}"}}"#)
}

#[tokio::test]
async fn success_commits_and_anything_else_rolls_back() {
    for target in TARGETS {
        let service = Service::start(target, Server::new()).await;
        let at = service.address;
        assert_eq!(send(at, "POST", "/accounts", &account(1, "ada")).await.status, 201);
        assert_eq!(send(at, "POST", "/refused", &account(2, "bob")).await.status, 422);
        assert_eq!(send(at, "POST", "/panics", &account(3, "cyd")).await.status, 500);
        assert_eq!(send(at, "POST", "/keeps", &account(4, "dan")).await.status, 500);
        tokio::time::sleep(Duration::from_millis(400)).await;
        assert_eq!(send(at, "POST", "/twice", "{}").await.status, 500);
        assert_eq!(send(at, "GET", "/accounts/1", "").await.status, 200);
        assert_eq!(service.owners().await, ["ada"], "{target:?}");
        service.stop().await;
    }
}

#[tokio::test]
async fn what_the_database_refuses_is_a_problem_without_the_inside() {
    for target in TARGETS {
        let service = Service::start(target, Server::new()).await;
        let at = service.address;
        assert_eq!(send(at, "POST", "/accounts", &account(1, "ada")).await.status, 201);
        let cases = [
            ("POST", "/accounts", account(2, "ada"), 409),
            ("POST", "/accounts", account(1, "bob"), 409),
            ("POST", "/accounts", account(2, ""), 422),
            ("POST", "/accounts", account(2, "a name of more than twenty letters"), 422),
            ("POST", "/accounts", r#"{"id": "x", "owner": ""}"#.to_owned(), 422),
            ("POST", "/accounts", "{".to_owned(), 400),
            ("GET", "/accounts/7", String::new(), 404),
            ("GET", "/accounts/x", String::new(), 404),
            ("GET", "/nowhere", String::new(), 404),
            ("DELETE", "/accounts", String::new(), 405),
        ];
        for (method, path, body, status) in cases {
            let answer = send(at, method, path, &body).await;
            assert_eq!(answer.status, status, "{target:?} {method} {path} {body}: {}", answer.body);
            answer.problem();
            for inside in ["uq_", "ck_", "pk_", "accounts", "owner)", "SQL"] {
                assert!(!answer.body.contains(inside), "{}", answer.body);
            }
        }
        let field = send(at, "POST", "/accounts", r#"{"id": "x", "owner": ""}"#).await.problem();
        assert_eq!(field["field"], "id");
        assert_eq!(service.owners().await, ["ada"], "{target:?}");
        service.stop().await;
    }
}

#[tokio::test]
async fn of_two_who_change_one_row_one_is_told() {
    for target in TARGETS {
        let service = Service::start(target, Server::new()).await;
        let at = service.address;
        assert_eq!(send(at, "POST", "/accounts", &account(1, "ada")).await.status, 201);
        let read = |owner: &str| format!(r#"{{"id": 1, "owner": "{owner}", "version": 1}}"#);
        assert_eq!(send(at, "PUT", "/accounts/1", &read("eve")).await.status, 204);
        // Both have read version 1; the answer is made when the unit of work is committed.
        let late = send(at, "PUT", "/accounts/1", &read("fay")).await;
        assert_eq!(late.status, 409, "{target:?}");
        late.problem();
        assert_eq!(service.owners().await, ["eve"], "{target:?}");
        service.stop().await;
    }
}

#[tokio::test]
async fn a_client_that_goes_away_leaves_nothing_and_no_busy_connection() {
    for target in TARGETS {
        let service = Service::start(target, Server::new()).await;
        let at = service.address;
        // Away while the handler works, its row flushed.
        let mut stream = TcpStream::connect(at).await.unwrap();
        stream.write_all(request("POST", "/slow", &account(1, "ada")).as_bytes()).await.unwrap();
        ENTERED.notified().await;
        drop(stream);
        // The one connection of the pool is free again.
        assert_eq!(send(at, "POST", "/accounts", &account(2, "bob")).await.status, 201, "{target:?}");
        // Away in the middle of the body.
        let whole = request("POST", "/accounts", &account(3, "cyd"));
        let mut stream = TcpStream::connect(at).await.unwrap();
        stream.write_all(&whole.as_bytes()[..whole.len() - 5]).await.unwrap();
        drop(stream);
        assert_eq!(send(at, "POST", "/accounts", &account(4, "dan")).await.status, 201, "{target:?}");
        assert_eq!(service.owners().await, ["bob", "dan"], "{target:?}");
        service.stop().await;
    }
}

#[tokio::test]
async fn a_pool_that_is_empty_for_too_long_is_unavailable_for_now() {
    for target in TARGETS {
        let service = Service::start(target, Server::new()).await;
        let busy = service.database.begin().await.unwrap();
        let answer = send(service.address, "POST", "/accounts", &account(1, "ada")).await;
        assert_eq!(answer.status, 503, "{target:?}");
        assert!(answer.head.contains("retry-after: 1"), "{}", answer.head);
        answer.problem();
        // What asks for no unit of work needs no connection.
        assert_eq!(send(service.address, "GET", "/health", "").await.status, 204);
        busy.rollback().await.unwrap();
        assert_eq!(send(service.address, "GET", "/ready", "").await.status, 204);
        assert_eq!(send(service.address, "GET", "/outside", "").await.status, 500);
        service.stop().await;
    }
}

#[tokio::test]
async fn what_the_router_refuses_is_a_problem() {
    let service = Service::start(Target::Sqlite, Server::new()).await;
    let refused = send(service.address, "DELETE", "/accounts", "").await;
    assert_eq!(refused.problem()["title"], "Method Not Allowed");
    assert!(refused.head.contains("allow: post"), "{}", refused.head);
    assert_eq!(send(service.address, "GET", "/elsewhere", "").await.problem()["title"], "Not Found");
    service.stop().await;
}

#[tokio::test]
async fn a_fallback_of_the_program_stays() {
    let (listening, address) = tokio::sync::oneshot::channel();
    let router = axum::Router::new().fallback(|| async { (StatusCode::NOT_FOUND, "nothing of mine") });
    let server = Server::new().listen("127.0.0.1:0".parse().unwrap());
    let running = tokio::spawn(server.run(router, |at| listening.send(at).unwrap(), std::future::pending()));
    let answer = send(address.await.unwrap(), "GET", "/elsewhere", "").await;
    assert_eq!((answer.status, answer.body.as_str()), (404, "nothing of mine"));
    running.abort();
}
