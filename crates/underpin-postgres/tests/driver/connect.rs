//! Connecting: each way to fail is one clear error, and none shows the password.

use std::io::{Read, Write};
use std::net::TcpListener;

use underpin_core::{Error, ErrorKind};
use underpin_sql::driver::{Access, Driver};

use crate::scratch::{Scratch, maintenance, open, url};

pub(crate) async fn refused(url: &str) -> Error {
    let error = open(url).await.expect_err("a refusal");
    let shown = format!("{error} {error:?}");
    assert!(!shown.contains("hunter2") && !shown.contains("postgres://"), "{shown}");
    assert!(error.hint().is_some(), "{shown}");
    error
}

/// The host and port of the server of these tests, if it is reached by TCP.
fn server() -> (String, u16) {
    let url = maintenance();
    let place = url.split("://").nth(1).unwrap().split('/').next().unwrap();
    let place = place.rsplit('@').next().unwrap();
    let (host, port) = place.split_once(':').unwrap_or((place, "5432"));
    (host.to_owned(), port.parse().unwrap())
}

/// A server that answers each connection with these bytes and closes it.
pub(crate) fn fake(answer: &'static [u8]) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    std::thread::spawn(move || {
        for stream in listener.incoming().take(4) {
            let mut stream = stream.unwrap();
            let mut request = [0; 512];
            let _ = stream.read(&mut request);
            let _ = stream.write_all(answer);
        }
    });
    port
}

#[tokio::test]
async fn nobody_listens() {
    let port = {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        listener.local_addr().unwrap().port()
    };
    let error = refused(&format!("postgres://me:hunter2@127.0.0.1:{port}/app")).await;
    assert_eq!(error.kind(), &ErrorKind::Connect);
    let shown = error.to_string();
    assert!(
        shown.contains(&format!("database app at 127.0.0.1:{port}")) && shown.contains("refused"),
        "{shown}"
    );
    let error = refused("postgres://me:hunter2@%2Fnowhere/app").await;
    assert!(error.to_string().contains("/nowhere/.s.PGSQL.5432"), "{error}");
}

#[tokio::test]
async fn the_host_is_not_known() {
    let error = refused("postgres://me:hunter2@db.invalid/app").await;
    assert_eq!(error.kind(), &ErrorKind::Connect);
    assert!(error.to_string().contains("db.invalid:5432") && error.to_string().contains("lookup"), "{error}");
}

#[tokio::test]
async fn the_database_does_not_exist() {
    let error = refused(&url("underpin_pg_nowhere", "")).await;
    assert_eq!(error.kind(), &ErrorKind::Connect);
    let shown = error.to_string();
    assert!(
        shown.contains("underpin_pg_nowhere") && shown.contains("does not exist (SQLSTATE 3D000)"),
        "{shown}"
    );
}

#[tokio::test]
async fn a_setting_that_the_server_does_not_have() {
    let error = refused(&url("postgres", "options=-c%20nonsense%3D1")).await;
    assert!(error.to_string().contains("refuses a setting"), "{error}");
}

#[tokio::test]
async fn the_other_side_is_no_server() {
    let port = fake(b"SSH-2.0-nothing\r\n");
    let error = refused(&format!("postgres://me:hunter2@127.0.0.1:{port}/app?sslmode=disable")).await;
    assert_eq!(error.kind(), &ErrorKind::Connect);
    assert!(error.to_string().contains(&format!("127.0.0.1:{port}")), "{error}");
}

#[tokio::test]
async fn the_other_side_never_answers() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let error = refused(&format!("postgres://me:hunter2@127.0.0.1:{port}/app?connect_timeout=1")).await;
    assert_eq!(error.kind(), &ErrorKind::Connect);
    assert!(error.to_string().contains("no answer within 1 seconds"), "{error}");
}

#[tokio::test]
async fn servers_are_tried_in_turn() {
    let scratch = Scratch::new().await;
    let (host, port) = server();
    let nobody = {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        listener.local_addr().unwrap().port()
    };
    let user = maintenance().split("://").nth(1).unwrap().split(['@', ':']).next().unwrap().to_owned();
    let hosts = format!("postgres://{user}@127.0.0.1:{nobody},{host}:{port}/{}", scratch.name);
    let driver = open(&format!("{hosts}?target_session_attrs=read-write&application_name=underpin%20test"))
        .await
        .unwrap();
    let mut connection = driver.acquire(Access::Read).await.unwrap();
    let name = connection.texts("SHOW application_name", &[]).await.unwrap();
    assert_eq!(name, [[Some("underpin test".to_owned())]]);
    for fits in ["primary", "any", "prefer-standby"] {
        open(&format!("{hosts}?target_session_attrs={fits}")).await.unwrap();
    }
    for (wanted, why) in [("standby", "no standby"), ("read-only", "accepts writes")] {
        let error = refused(&format!(
            "postgres://{user}@{host}:{port}/{}?target_session_attrs={wanted}",
            scratch.name
        ))
        .await;
        assert!(error.to_string().contains(why), "{error}");
    }
    open(&format!("{hosts}?load_balance_hosts=random")).await.unwrap();
}

#[test]
fn a_pool_needs_a_runtime() {
    let options = underpin_sql::driver::ConnectOptions::parse(&maintenance()).unwrap();
    let mut future = Box::pin(underpin_postgres::PostgresDriver::connect(options));
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    let std::task::Poll::Ready(Err(error)) = future.as_mut().poll(&mut context) else { panic!("no error") };
    assert!(error.is_usage() && error.to_string().contains("tokio"), "{error}");
}

#[tokio::test]
async fn debug_shows_neither_user_nor_password() {
    let scratch = Scratch::new().await;
    let (host, port) = server();
    let user = maintenance().split("://").nth(1).unwrap().split(['@', ':']).next().unwrap().to_owned();
    let driver = open(&format!("postgres://{user}:hunter2@{host}:{port}/{}", scratch.name)).await.unwrap();
    let shown = format!("{driver:?}");
    assert!(shown.contains(&scratch.name) && !shown.contains("hunter2"), "{shown}");
}
