//! Ends: of the server, of the stream, and of a connection that nobody needs any more.

use underpin_wire::Error;

use crate::server::{Texts, code, complete, connected, message, ready, refusal};

#[tokio::test]
async fn why_the_server_left_is_told_to_all_who_wait() {
    let (mut connection, mut server) = connected().await;
    let first = connection.simple("SELECT 1").unwrap();
    let second = connection.simple("SELECT 2").unwrap();
    let told = async {
        server.expect(b"QQ").await;
        server.say(&[refusal("FATAL", "57P01")]).await;
        drop(server);
    };
    let answers = async {
        assert_eq!(code(connection.done(first).await), "57P01");
        assert_eq!(code(connection.done(second).await), "57P01");
        assert!(connection.is_closed());
        assert_eq!(code(connection.simple("SELECT 3")), "57P01");
    };
    tokio::join!(answers, told);
}

#[tokio::test]
async fn an_idle_connection_notices_that_the_server_left() {
    let (mut connection, mut server) = connected().await;
    connection.look();
    assert!(!connection.is_closed());
    // A notice is no reason.
    server.say(&[message(b'N', b"VNOTICE\0C00000\0\0"), message(b'S', b"TimeZone\0UTC\0")]).await;
    connection.look();
    assert!(!connection.is_closed());
    server.say(&[refusal("FATAL", "57P01")]).await;
    drop(server);
    connection.look();
    assert!(connection.is_closed());
}

#[tokio::test]
async fn what_is_not_understood_ends_the_connection() {
    for nonsense in [message(b'?', b""), vec![b'Z', 0, 0, 0, 3], message(b'D', &[0, 1, 0, 0])] {
        let (mut connection, mut server) = connected().await;
        let asked = connection.execute_unnamed("SELECT 1", &Texts(&[])).unwrap();
        let told = async {
            server.expect(b"PBDES").await;
            server.say(&[message(b'n', b""), nonsense, complete("SELECT 1"), ready()]).await;
        };
        let answer = async {
            let mut rows = connection.accepted(asked, None).await?;
            connection.next(&mut rows).await.map(|_| ())
        };
        let error = tokio::join!(answer, told).0.unwrap_err();
        assert!(matches!(error, Error::Unexpected(_)), "{error}");
        assert!(connection.is_closed());
    }
}

#[tokio::test]
async fn a_description_that_is_cut_off_ends_the_connection() {
    for cut_off in [message(b't', &[0, 1]), message(b'T', &[0, 1, b'a'])] {
        let (mut connection, mut server) = connected().await;
        let preparing = connection.prepare("SELECT 1").unwrap();
        let told = async {
            server.expect(b"PDS").await;
            server.say(&[message(b'1', b""), cut_off, ready()]).await;
        };
        let error = tokio::join!(connection.described(preparing), told).0.unwrap_err();
        assert!(matches!(error, Error::Unexpected(_)), "{error}");
        assert!(connection.is_closed());
    }
}

#[tokio::test]
async fn a_connection_says_goodbye_and_sends_nothing_that_nobody_waits_for() {
    let (connection, mut server) = connected().await;
    drop(connection);
    server.expect(b"X").await;
    assert!(server.is_left().await);

    let (connection, mut server) = connected().await;
    connection.close().await;
    server.expect(b"X").await;

    // What was not sent when it was given up is never sent.
    let (mut connection, mut server) = connected().await;
    drop(connection.simple("COMMIT"));
    drop(connection);
    assert!(server.is_left().await);
}
