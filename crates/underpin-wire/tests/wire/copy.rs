//! COPY: rows are sent, given up, and refused in the middle.

use bytes::BufMut;
use underpin_wire::{Connection, Ticket};

use crate::server::{Server, Texts, code, complete, connected, message, ready, refusal};

async fn copying(connection: &mut Connection, server: &mut Server) -> Ticket {
    let ticket = connection.copy("COPY a FROM STDIN").unwrap();
    let told = async {
        server.expect(b"Q").await;
        server.say(&[message(b'G', &[1, 0, 0])]).await;
    };
    tokio::join!(connection.copy_in(&ticket), told).0.unwrap();
    ticket
}

#[tokio::test]
async fn rows_travel_in_messages() {
    let (mut connection, mut server) = connected().await;
    let ticket = copying(&mut connection, &mut server).await;
    for row in [&b"one"[..], b"two"] {
        connection.copy_buffer().put_slice(row);
        connection.copy_send().await.unwrap();
    }
    let told = async {
        assert_eq!(server.hear().await, (b'd', b"onetwo".to_vec()));
        server.expect(b"c").await;
        server.say(&[complete("COPY 2"), ready()]).await;
    };
    assert_eq!(tokio::join!(connection.copy_done(ticket), told).0.unwrap(), 2);
}

#[tokio::test]
async fn a_copy_that_is_given_up_does_not_disturb_the_next_request() {
    let (mut connection, mut server) = connected().await;
    drop(copying(&mut connection, &mut server).await);
    connection.copy_buffer().put_slice(b"half a row");
    let asked = connection.simple("ROLLBACK").unwrap();
    let told = async {
        server.expect(b"fQ").await;
        server.say(&[refusal("ERROR", "57014"), ready(), complete("ROLLBACK"), ready()]).await;
    };
    tokio::join!(connection.done(asked), told).0.unwrap();
}

#[tokio::test]
async fn a_refusal_stops_the_sending() {
    let (mut connection, mut server) = connected().await;
    let ticket = copying(&mut connection, &mut server).await;
    server.say(&[refusal("ERROR", "23505"), ready()]).await;
    let mut sent = Ok(());
    // The stream takes only so much at a time, so that the refusal is met while the rest waits.
    for _ in 0..64 {
        connection.copy_buffer().put_bytes(b'x', 1 << 16);
        let heard = async {
            let _ = server.hear().await;
        };
        sent = tokio::join!(connection.copy_send(), heard).0;
        if sent.is_err() {
            break;
        }
    }
    let answered = match sent {
        Err(error) => Err(error),
        Ok(()) => connection.copy_done(ticket).await,
    };
    assert_eq!(code(answered), "23505");
    let asked = connection.simple("SELECT").unwrap();
    let told = async {
        server.expect(b"Q").await;
        server.say(&[complete("SELECT 0"), ready()]).await;
    };
    tokio::join!(connection.done(asked), told).0.unwrap();
}

#[tokio::test]
async fn a_copy_of_the_users_own_has_no_rows() {
    let (mut connection, mut server) = connected().await;
    let simple = connection.simple("COPY a FROM STDIN").unwrap();
    let told = async {
        server.expect(b"Q").await;
        server.say(&[message(b'G', &[0, 0, 0])]).await;
        server.expect(b"f").await;
        server.say(&[refusal("ERROR", "57014"), ready()]).await;
    };
    assert_eq!(code(tokio::join!(connection.done(simple), told).0), "57014");

    // The server passes over the Sync that came while it waited for rows.
    let extended = connection.execute_unnamed("COPY a FROM STDIN", &Texts(&[])).unwrap();
    let told = async {
        server.expect(b"PBDES").await;
        server.say(&[message(b'1', b""), message(b'2', b""), message(b'n', b"")]).await;
        server.say(&[message(b'G', &[0, 0, 0])]).await;
        server.expect(b"fS").await;
        server.say(&[refusal("ERROR", "57014"), ready()]).await;
    };
    assert_eq!(code(tokio::join!(connection.done(extended), told).0), "57014");
}

#[tokio::test]
async fn a_copy_whose_transaction_did_not_begin_gets_no_row() {
    let (mut connection, mut server) = connected().await;
    let begun = connection.simple("BEGIN").unwrap();
    drop(connection.copy("COPY a FROM STDIN").unwrap());
    let told = async {
        server.expect(b"QQ").await;
        server.say(&[refusal("ERROR", "57014"), ready(), message(b'G', &[1, 0, 0])]).await;
        server.expect(b"fQ").await;
        server.say(&[refusal("ERROR", "57014"), ready(), complete("ROLLBACK"), ready()]).await;
    };
    let answers = async {
        assert_eq!(code(connection.done(begun).await), "57014");
        let asked = connection.simple("ROLLBACK").unwrap();
        connection.done(asked).await.unwrap();
    };
    tokio::join!(answers, told);
}
