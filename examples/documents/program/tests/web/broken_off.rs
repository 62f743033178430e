//! Clients that go away in the middle of an upload, and clients that are slow.

use std::io::Write;
use std::net::{Shutdown, TcpStream};
use std::thread;
use std::time::{Duration, Instant};

use crate::client::{BOUNDARY, form, head};
use crate::server::{Server, on_each, pdf};

/// How long something that ends by itself may take before the test gives up.
const PATIENCE: Duration = Duration::from_secs(60);

/// Begins an upload and sends so much of its body.
fn begun(server: &Server, body: &[u8], sent: usize) -> TcpStream {
    let mut stream = TcpStream::connect(server.address).expect("somebody listens");
    let kind = format!("multipart/form-data; boundary={BOUNDARY}");
    stream.write_all(head("POST", "/documents", &kind, body.len()).as_bytes()).expect("the server reads");
    stream.write_all(&body[..sent]).expect("the server reads");
    stream
}

/// Waits until the store has so many files, and goes on having them.
fn wait_for_files(server: &Server, count: usize) {
    let patience = Instant::now() + PATIENCE;
    let mut in_a_row = 0;
    while in_a_row < 30 {
        in_a_row = if server.files().len() == count { in_a_row + 1 } else { 0 };
        assert!(Instant::now() < patience, "{:?}", server.files());
        thread::sleep(Duration::from_millis(10));
    }
}

#[test]
fn who_goes_away_in_the_middle_leaves_nothing_behind() {
    on_each(|server| {
        // Small and large, so that something of it is on the disk already; more than the pool has connections.
        for content in [pdf("small"), pdf(&"large".repeat(200_000))] {
            let body = form("a.pdf", &content);
            for cut in 1..30 {
                let stream = begun(server, &body, body.len() * cut / 30);
                if cut % 2 == 0 {
                    stream.shutdown(Shutdown::Both).expect("it is open");
                }
            }
        }
        assert_eq!(server.get("/ready").status, 204);
        server.upload("a.pdf", &pdf("small"));
        // Some may not have been looked at yet: they come, and go.
        wait_for_files(server, 1);
        assert_eq!(server.documents("").len(), 1);
    });
}

#[test]
fn who_is_slow_holds_no_connection_to_the_database() {
    on_each(|server| {
        let body = form("slow.pdf", &pdf(&"slow".repeat(200_000)));
        // Twice as many as the pool has connections, all of them in the middle of their files.
        let open: Vec<TcpStream> = (0..30).map(|_| begun(server, &body, body.len() - 10)).collect();
        wait_for_files(server, open.len());
        assert_eq!(server.get("/ready").status, 204);
        assert!(server.documents("").is_empty());
        server.upload("quick.pdf", &pdf("quick"));
        drop(open);
        wait_for_files(server, 1);
        assert_eq!(server.documents("").len(), 1);
    });
}
