//! A server that says anything at all: an answer or an error, never a panic, and never a wait for more than there is.

use std::time::Duration;

use proptest::prelude::*;
use underpin_wire::{Connection, Login};

use crate::server::{Texts, connected, message, pair};

/// Messages with tags of the protocol and any content, and bytes that are no message.
fn said() -> impl Strategy<Value = Vec<u8>> {
    let tag = prop::sample::select(b"RSKZTDCEINn123tsGHWdcAv".to_vec());
    let content = prop::collection::vec(prop_oneof![Just(0_u8), any::<u8>()], 0..24);
    let whole = (tag, content).prop_map(|(tag, content)| message(tag, &content));
    let anything = prop::collection::vec(any::<u8>(), 0..12);
    prop::collection::vec(prop_oneof![6 => whole, 1 => anything], 0..12).prop_map(|parts| parts.concat())
}

/// Asks in every way, of a server that says this and leaves.
async fn ask(said: Vec<u8>) {
    for way in 0..5 {
        let (mut connection, mut server) = connected().await;
        server.say(std::slice::from_ref(&said)).await;
        server.shut().await;
        match way {
            0 => {
                let asked = connection.simple("SELECT").unwrap();
                let _ = connection.done(asked).await;
            }
            1 => {
                let preparing = connection.prepare("SELECT").unwrap();
                let _ = connection.prepared(preparing).await;
            }
            2 => {
                let asked = connection.execute_unnamed("SELECT", &Texts(&["x"])).unwrap();
                if let Ok(mut rows) = connection.accepted(asked, None).await {
                    while let Ok(Some(row)) = connection.next(&mut rows).await {
                        let _ = (row.get(0), row.get(usize::MAX));
                    }
                }
            }
            3 => {
                let ticket = connection.copy("COPY").unwrap();
                if connection.copy_in(&ticket).await.is_ok() {
                    connection.copy_buffer().extend_from_slice(b"row");
                    let _ = connection.copy_done(ticket).await;
                }
            }
            _ => {
                let mut group = connection.group().unwrap();
                let first = group.command("BEGIN").unwrap();
                let end = group.end();
                let _ = connection.done(first).await;
                let _ = connection.done(end).await;
            }
        }
        connection.look();
    }
    let (stream, mut server) = pair();
    server.say(&[said]).await;
    server.shut().await;
    let _ = Connection::start(Box::new(stream), &Login::default(), None).await;
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_a_server_says(said in said()) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let asked = runtime.block_on(async { tokio::time::timeout(Duration::from_secs(60), ask(said)).await });
        prop_assert!(asked.is_ok(), "somebody waits for ever");
    }
}
