//! Logging in: what the server asks for, and what it is refused.

use std::fmt::Write;

use underpin_wire::{Binding, Connection, Error, Login};

use crate::server::{Server, code, message, pair, ready, refusal};

fn me(password: Option<&str>) -> Login {
    Login { user: "me".to_owned(), password: password.map(str::to_owned), ..Login::default() }
}

fn asks(number: u8, content: &[u8]) -> Vec<u8> {
    message(b'R', &[&[0, 0, 0, number], content].concat())
}

async fn log_in(login: Login, server: impl AsyncFnOnce(&mut Server)) -> Result<Connection, Error> {
    let (stream, mut other) = pair();
    let told = async {
        other.greeted().await;
        server(&mut other).await;
        other
    };
    tokio::join!(Connection::start(Box::new(stream), &login, None), told).0
}

#[tokio::test]
async fn who_and_what_is_told_at_the_start() {
    let mut login = me(None);
    login.database = Some("app".to_owned());
    login.options = Some("-c jit=off".to_owned());
    let (stream, mut server) = pair();
    let told = async {
        let greeting = server.greeted().await;
        server.say(&[refusal("FATAL", "3D000")]).await;
        greeting
    };
    let (refused, greeting) = tokio::join!(Connection::start(Box::new(stream), &login, None), told);
    let expected = "client_encoding\0UTF8\0user\0me\0database\0app\0options\0-c jit=off\0\0";
    assert_eq!(greeting, format!("\0\u{3}\0\0{expected}"));
    assert_eq!(code(refused), "3D000");
}

#[tokio::test]
async fn a_password_is_given_as_it_is_asked_for() {
    let connection = log_in(me(Some("hunter2")), async |server| {
        server.say(&[asks(3, b"")]).await;
        assert_eq!(server.hear().await, (b'p', b"hunter2\0".to_vec()));
        server.say(&[asks(0, b""), ready()]).await;
    });
    let mut shown = String::new();
    write!(shown, "{:?}", connection.await.unwrap()).unwrap();
    assert!(!shown.contains("hunter2"), "{shown}");

    let digest = log_in(me(Some("hunter2")), async |server| {
        server.say(&[asks(5, &[1, 2, 3, 4])]).await;
        let (tag, proof) = server.hear().await;
        // md5(md5("hunter2me") + 01020304), by another program.
        assert_eq!((tag, proof), (b'p', b"md5728452930b1ebea796c668f368caec97\0".to_vec()));
        server.say(&[asks(0, b""), ready()]).await;
    });
    digest.await.unwrap();
}

#[tokio::test]
async fn without_a_password_that_is_said() {
    for asked in [asks(3, b""), asks(5, &[1, 2, 3, 4]), asks(10, b"SCRAM-SHA-256\0\0")] {
        let refused = log_in(me(None), async |server| server.say(&[asked]).await).await;
        assert!(matches!(refused, Err(Error::NoPassword)));
    }
}

#[tokio::test]
async fn a_server_that_cannot_bind_the_proof_is_refused_where_that_is_asked_for() {
    let mut login = me(Some("hunter2"));
    login.binding = Binding::Require;
    for asked in [asks(0, b""), asks(3, b""), asks(5, &[1, 2, 3, 4]), asks(10, b"SCRAM-SHA-256\0\0")] {
        let refused = log_in(login.clone(), async |server| server.say(&[asked]).await).await;
        assert!(matches!(refused, Err(Error::Login(_))));
    }
}

#[tokio::test]
async fn a_server_that_does_not_know_the_password_is_refused() {
    let refused = log_in(me(Some("hunter2")), async |server| {
        server.say(&[asks(10, b"SCRAM-SHA-256\0\0")]).await;
        let (_, first) = server.hear().await;
        let first = String::from_utf8_lossy(&first).into_owned();
        let nonce = first.rsplit("r=").next().unwrap();
        server.say(&[asks(11, format!("r={nonce}x,s=c2FsdA==,i=4096").as_bytes())]).await;
        server.hear().await;
        server.say(&[asks(12, b"v=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]).await;
    });
    let error = refused.await.unwrap_err();
    assert!(matches!(error, Error::Login(_)), "{error}");
    assert!(!format!("{error} {error:?}").contains("hunter2"));
}

#[tokio::test]
async fn a_way_to_log_in_that_is_not_known_is_said() {
    for asked in [asks(7, b""), asks(10, b"SCRAM-SHA-512\0\0"), asks(200, b"")] {
        let refused = log_in(me(Some("x")), async |server| server.say(&[asked]).await).await;
        assert!(matches!(refused, Err(Error::Login(_))));
    }
}
