//! Many requests under way: each answer goes to who asked, and what nobody waits for is passed over.

use underpin_wire::Error;

use crate::server::{Texts, code, columns, complete, connected, message, ready, refusal, row};

const TEXT: u32 = 25;

#[tokio::test]
async fn answers_come_in_the_order_of_asking() {
    let (mut connection, mut server) = connected().await;
    let first = connection.simple("UPDATE a").unwrap();
    let second = connection.simple("UPDATE b").unwrap();
    let told = async {
        server.expect(b"QQ").await;
        server.say(&[complete("UPDATE 1"), ready(), complete("UPDATE 2"), ready()]).await;
    };
    let answers = async { (connection.done(first).await.unwrap(), connection.done(second).await.unwrap()) };
    assert_eq!(tokio::join!(answers, told).0, (1, 2));
}

#[tokio::test]
async fn what_nobody_waits_for_is_passed_over() {
    let (mut connection, mut server) = connected().await;
    drop(connection.simple("SELECT 1"));
    drop(connection.simple("nonsense"));
    let asked = connection.execute_unnamed("SELECT $1", &Texts(&["x"])).unwrap();
    let told = async {
        server.expect(b"QQPBDES").await;
        server.say(&[columns(&[("a", TEXT)]), row(&[b"1"]), complete("SELECT 1"), ready()]).await;
        server.say(&[refusal("ERROR", "42601"), ready()]).await;
        server.say(&[vec![b'1', 0, 0, 0, 4], vec![b'2', 0, 0, 0, 4], columns(&[("b", TEXT)])]).await;
        server.say(&[row(&[b"x"]), complete("SELECT 1"), ready()]).await;
    };
    let answer = async {
        let mut rows = connection.accepted(asked, None).await.unwrap();
        let found = connection.next(&mut rows).await.unwrap().unwrap();
        assert_eq!((found.get(0), found.columns()[0].name()), (Some(Some(&b"x"[..])), "b"));
        assert!(connection.next(&mut rows).await.unwrap().is_none());
        assert_eq!(rows.affected(), 1);
    };
    tokio::join!(answer, told);
}

#[tokio::test]
async fn rows_that_are_left_do_not_reach_the_next_request() {
    let (mut connection, mut server) = connected().await;
    let asked = connection.execute_unnamed("SELECT 1", &Texts(&[])).unwrap();
    let told = async {
        server.expect(b"PBDES").await;
        server.say(&[columns(&[("a", TEXT)]), row(&[b"1"]), row(&[b"2"]), row(&[b"3"])]).await;
        server.say(&[complete("SELECT 3"), ready()]).await;
        server.expect(b"Q").await;
        server.say(&[complete("UPDATE 7"), ready()]).await;
    };
    let answer = async {
        let mut rows = connection.accepted(asked, None).await.unwrap();
        connection.next(&mut rows).await.unwrap().unwrap();
        let next = connection.simple("UPDATE").unwrap();
        assert_eq!(connection.done(next).await.unwrap(), 7);
    };
    tokio::join!(answer, told);
}

#[tokio::test]
async fn a_request_that_cannot_be_written_leaves_nothing_behind() {
    let (mut connection, mut server) = connected().await;
    assert!(matches!(connection.execute_unnamed("SELECT $1", &Texts(&["unfit"])), Err(Error::Unfit(_))));
    assert!(matches!(connection.simple("a\0b"), Err(Error::Nul)));
    let asked = connection.simple("SELECT").unwrap();
    let told = async {
        let (tag, body) = server.hear().await;
        assert_eq!((tag, body), (b'Q', b"SELECT\0".to_vec()));
        server.say(&[refusal("ERROR", "42601"), ready()]).await;
    };
    assert_eq!(code(tokio::join!(connection.done(asked), told).0), "42601");
}

#[tokio::test]
async fn a_statement_that_nobody_keeps_is_closed_with_the_next_request() {
    let (mut connection, mut server) = connected().await;
    let preparing = connection.prepare("SELECT 1").unwrap();
    let told = async {
        server.expect(b"PDS").await;
        server
            .say(&[vec![b'1', 0, 0, 0, 4], vec![b't', 0, 0, 0, 6, 0, 0], columns(&[("a", TEXT)]), ready()])
            .await;
    };
    let (prepared, ()) = tokio::join!(connection.prepared(preparing), told);
    let prepared = prepared.unwrap();
    assert!(matches!(
        connection.execute(&prepared, &Texts(&["one too many"])),
        Err(Error::Parameters { expected: 0, given: 1 })
    ));
    drop(prepared);
    let asked = connection.simple("SELECT").unwrap();
    let told = async {
        let (tag, body) = server.hear().await;
        assert_eq!((tag, body), (b'C', b"Ss1\0".to_vec()));
        server.expect(b"Q").await;
        server.say(&[vec![b'3', 0, 0, 0, 4], complete("SELECT 0"), ready()]).await;
    };
    tokio::join!(connection.done(asked), told).0.unwrap();
}

#[tokio::test]
async fn a_group_has_one_end_and_nothing_is_awaited_behind_what_fails() {
    let (mut connection, mut server) = connected().await;
    let mut group = connection.group().unwrap();
    let begun = group.command("BEGIN").unwrap();
    assert!(matches!(group.execute_unnamed("INSERT $1", &Texts(&["unfit"])), Err(Error::Unfit(_))));
    let first = group.execute_unnamed("INSERT $1", &Texts(&["x"])).unwrap();
    let second = group.execute_unnamed("SELECT $1", &Texts(&["y"])).unwrap();
    let end = group.end();
    let behind = connection.simple("UPDATE").unwrap();
    let told = async {
        server.expect(b"PBDEPBDEPBDESQ").await;
        for _ in 0..2 {
            server.say(&[message(b'1', b""), message(b'2', b""), message(b'n', b"")]).await;
            server.say(&[complete("INSERT 0 3")]).await;
        }
        server.say(&[refusal("ERROR", "42601"), message(b'Z', b"E"), complete("UPDATE 7"), ready()]).await;
    };
    let answers = async {
        connection.done(begun).await.unwrap();
        assert_eq!(connection.done(first).await.unwrap(), 3);
        assert_eq!(code(connection.accepted(second, None).await), "42601");
        connection.done(end).await.unwrap();
        assert!(connection.in_transaction());
        assert_eq!(connection.done(behind).await.unwrap(), 7);
        assert!(!connection.in_transaction());
    };
    tokio::join!(answers, told);
}

#[tokio::test]
async fn who_waits_behind_what_fails_is_told_so() {
    let (mut connection, mut server) = connected().await;
    let mut group = connection.group().unwrap();
    let begun = group.command("BEGIN").unwrap();
    let [first, second] = [(); 2].map(|()| group.execute_unnamed("INSERT", &Texts(&[])).unwrap());
    drop(group);
    let told = async {
        server.expect(b"PBDEPBDEPBDES").await;
        server.say(&[refusal("ERROR", "57014"), ready()]).await;
    };
    let answers = async {
        assert_eq!(code(connection.done(begun).await), "57014");
        for skipped in [first, second] {
            assert!(matches!(connection.done(skipped).await, Err(Error::Skipped)));
        }
    };
    tokio::join!(answers, told);
}
