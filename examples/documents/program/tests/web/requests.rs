//! What the interface answers about documents, to right and to wrong requests.

use crate::client::{BOUNDARY, form, part, send, send_as, upload};
use crate::scratch::Scratch;
use crate::server::{Server, on_each, pdf};

#[test]
fn a_document_is_uploaded_read_and_listed() {
    on_each(|server| {
        let answer = upload(server.address, &form("Lohn 'März'; --.pdf", &pdf("a")));
        assert_eq!(answer.status, 201, "{answer:?}");
        let taken = answer.json();
        let document = &taken["document"];
        let id = document["id"].as_str().expect("an id");
        assert!(answer.head.contains(&format!("location: /documents/{id}")), "{answer:?}");
        assert_eq!((&taken["known"], &document["status"]), (&false.into(), &"pending".into()));
        assert_eq!((&document["kind"], &document["size"]), (&"pdf".into(), &10.into()));

        let again = upload(server.address, &form("other.pdf", &pdf("a")));
        assert_eq!((again.status, &again.json()["document"]), (200, document), "the second is told which");
        assert_eq!(again.json()["known"], true);
        assert_eq!(server.files().len(), 1);

        let mut read = server.get(&format!("/documents/{id}")).json();
        assert_eq!(read["text"], serde_json::Value::Null);
        read.as_object_mut().expect("an object").remove("text");
        assert_eq!(read, *document);
        server.upload("b.pdf", &pdf("b"));
        let names: Vec<_> = server.documents("").iter().map(|of| of["file_name"].clone()).collect();
        assert_eq!(names, ["b.pdf", "Lohn 'März'; --.pdf"].map(serde_json::Value::from), "the newest first");
        assert_eq!(server.documents("?status=pending&limit=1&offset=1")[0]["id"], id);
        assert!(server.documents("?status=completed").is_empty());
    });
}

#[test]
fn what_was_uploaded_is_read_and_tried_again() {
    on_each(|server| {
        let broken =
            server.upload("broken.pdf", &pdf("broken"))["document"]["id"].as_str().expect("an id").to_owned();
        let path = format!("/documents/{broken}/retry");
        let early = send(server.address, "POST", &path, "");
        assert_eq!(early.field(409), "");
        assert_eq!(early.json()["detail"], "a document that is pending cannot become pending");
        assert_eq!(server.run(&["work"]), "0 read, 1 failed\n");
        assert_eq!(server.documents("?status=failed")[0]["error"], "it is no PDF that can be read");
        let answer = send(server.address, "POST", &path, "");
        assert_eq!((answer.status, &answer.json()["status"]), (200, &"pending".into()));
    });
}

#[test]
fn a_bad_query_is_a_422_that_names_the_field() {
    on_each(|server| {
        for (query, field) in [
            ("status=done", "status"),
            ("status=", "status"),
            ("limit=0", "limit"),
            ("limit=101", "limit"),
            ("limit=many", "limit"),
            ("offset=-1", "offset"),
            ("offset=9223372036854775808", "offset"),
            ("limit=1&limit=2", "limit"),
            ("state=failed", "state"),
        ] {
            assert_eq!(server.get(&format!("/documents?{query}")).field(422), field, "{query}");
        }
        assert!(server.documents("?offset=9223372036854775807").is_empty());
    });
}

#[test]
fn a_bad_upload_is_refused_and_leaves_nothing() {
    on_each(|server| {
        let close = format!("--{BOUNDARY}--\r\n").into_bytes();
        let file = |name: &str, content: &[u8]| form(name, content);
        let twice =
            [&part("name=\"file\"; filename=\"a.pdf\"", &pdf("a"))[..], &file("b.pdf", &pdf("b"))].concat();
        for (body, detail) in [
            (file("a.pdf", b""), "the file is empty"),
            (file("a.pdf", b"<html>"), "the file is no PDF, no DOCX, and no image (PNG, JPEG or GIF)"),
            (file("../a.pdf", &pdf("a")), "the name of a file has 1 to 255 characters"),
            (file("", &pdf("a")), "the name of a file has 1 to 255 characters"),
            (twice, "it is given more than once"),
            ([&part("name=\"file\"", &pdf("a"))[..], &close].concat(), "it has no file name"),
            (
                [&part("name=\"note\"; filename=\"a.pdf\"", &pdf("a"))[..], &close].concat(),
                "it is the only part",
            ),
            (close.clone(), "it is missing"),
        ] {
            let answer = upload(server.address, &body);
            assert_eq!(answer.field(422), "file");
            let told = answer.json()["detail"].as_str().expect("a detail").to_owned();
            assert!(told.starts_with(detail), "{told}");
        }
        for body in [&b""[..], b"nothing", &file("a.pdf", &pdf("a"))[..60]] {
            upload(server.address, body).field(400);
        }
        for kind in
            ["application/json", "multipart/form-data", "multipart/form-data; boundary=", "text/plain"]
        {
            let status = send_as(server.address, "POST", "/documents", kind, b"x").status;
            assert!(matches!(status, 400 | 415), "{kind}: {status}");
        }
        assert!(server.documents("").is_empty() && server.files().is_empty(), "{:?}", server.files());
    });
}

#[test]
fn what_is_not_there_is_a_problem_too() {
    let server = Server::start(Scratch::sqlite());
    let id = "0190163d-8694-739b-aea5-966c26f8ad91";
    for (method, path, status) in [
        ("GET", "/nothing", 404),
        ("GET", &format!("/documents/{id}"), 404),
        ("POST", &format!("/documents/{id}/retry"), 404),
        ("GET", "/documents/x", 404),
        ("GET", "/documents/%00", 404),
        ("GET", "/borrowers/borrower_01h455vb4pex5vsknk084sn02q", 404),
        ("GET", "/borrowers/x", 404),
        ("DELETE", "/documents", 405),
        ("PUT", "/documents/x", 405),
        ("POST", "/health", 405),
    ] {
        send(server.address, method, path, "").field(status);
    }
    assert_eq!((server.get("/health").status, server.get("/ready").status), (204, 204));
}

#[test]
fn a_server_that_is_asked_to_stop_ends_well() {
    let server = Server::start(Scratch::sqlite());
    assert_eq!(server.get("/health").status, 204);
    assert_eq!(server.stop(), Some(0));
}
