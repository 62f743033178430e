//! Types of the user's own: asked for once, between requests and in the middle of an answer.

use underpin_wire::{Connection, Kind};

use crate::server::{Server, Texts, columns, complete, connected, message, ready, row};

const MOOD: u32 = 70_000;
const MOODS: u32 = 70_001;

/// What the catalogue says of an array of an enumeration.
fn catalogue() -> Vec<Vec<u8>> {
    let number = |number: u32| number.to_be_bytes();
    vec![
        message(b'1', b""),
        message(b'2', b""),
        columns(&[("oid", 26), ("typname", 19), ("typtype", 18), ("typelem", 26), ("nspname", 19)]),
        row(&[&number(MOOD), b"mood", b"e", &number(0), b"public"]),
        row(&[&number(MOODS), b"_mood", b"b", &number(MOOD), b"public"]),
        complete("SELECT 2"),
        ready(),
    ]
}

fn found() -> Vec<Vec<u8>> {
    vec![
        message(b'1', b""),
        message(b'2', b""),
        columns(&[("moods", MOODS)]),
        row(&[b"one"]),
        row(&[b"two"]),
        complete("SELECT 2"),
        ready(),
    ]
}

async fn select(connection: &mut Connection) -> usize {
    let asked = connection.execute_unnamed("SELECT moods", &Texts(&[])).unwrap();
    let behind = connection.simple("UPDATE").unwrap();
    let mut rows = connection.accepted(asked, None).await.unwrap();
    let Kind::Array(element) = rows.columns()[0].type_().kind().clone() else { panic!("no array") };
    assert_eq!((element.name(), element.oid()), ("mood", MOOD));
    let mut seen = Vec::new();
    while let Some(row) = connection.next(&mut rows).await.unwrap() {
        seen.push(row.get(0).unwrap().unwrap().to_vec());
    }
    assert_eq!(seen, [b"one", b"two"]);
    usize::try_from(connection.done(behind).await.unwrap()).unwrap()
}

#[tokio::test]
async fn in_the_middle_of_an_answer_the_rest_is_taken_in_first() {
    let (mut connection, mut server) = connected().await;
    let told = async |server: &mut Server| {
        server.expect(b"PBDESQ").await;
        server.say(&found()).await;
        server.say(&[complete("UPDATE 5"), ready()]).await;
        server.expect(b"PBDES").await;
        server.say(&catalogue()).await;
        // The second time it is known.
        server.expect(b"PBDESQ").await;
        server.say(&found()).await;
        server.say(&[complete("UPDATE 6"), ready()]).await;
    };
    let twice = async { (select(&mut connection).await, select(&mut connection).await) };
    assert_eq!(tokio::join!(twice, told(&mut server)).0, (5, 6));
}

#[tokio::test]
async fn a_prepared_statement_knows_what_its_types_are() {
    let (mut connection, mut server) = connected().await;
    let preparing = connection.prepare("SELECT moods FROM a WHERE mood = $1").unwrap();
    let told = async {
        server.expect(b"PDS").await;
        let param = [&[0, 1][..], &MOOD.to_be_bytes()].concat();
        server.say(&[message(b'1', b""), message(b't', &param), columns(&[("moods", MOODS)]), ready()]).await;
        // An enumeration is a part of no other type, so each of the two is asked for.
        server.expect(b"PBDES").await;
        server.say(&catalogue()[..4]).await;
        server.say(&[complete("SELECT 1"), ready()]).await;
        server.expect(b"PBDES").await;
        server.say(&catalogue()).await;
    };
    let (prepared, ()) = tokio::join!(connection.prepared(preparing), told);
    let prepared = prepared.unwrap();
    assert!(matches!(prepared.params()[0].kind(), Kind::Enum(_)));
    assert!(matches!(prepared.columns()[0].type_().kind(), Kind::Array(_)));
}
