//! Clients that send too much.

use serde_json::json;

use crate::client::{form, send, upload};
use crate::server::on_each;

/// The most bytes of a file.
const MOST: usize = 50 << 20;

#[test]
fn a_file_may_be_so_large_and_no_larger() {
    on_each(|server| {
        let mut content = vec![b' '; MOST + 1];
        content[..5].copy_from_slice(b"%PDF-");
        for length in [MOST + 1, MOST + 1] {
            assert_eq!(upload(server.address, &form("a.pdf", &content[..length])).field(413), "file");
        }
        content.extend(vec![b' '; 1 << 20]);
        assert_eq!(upload(server.address, &form("a.pdf", &content)).field(413), "file");
        assert!(server.files().is_empty() && server.documents("").is_empty());
        assert_eq!(server.upload("a.pdf", &content[..MOST])["document"]["size"], MOST);
    });
}

#[test]
fn other_bodies_are_small() {
    on_each(|server| {
        let offer = json!({ "name": " ".repeat(1 << 20), "confidence": "1" }).to_string();
        send(server.address, "POST", "/borrowers", &offer).field(413);
    });
}
