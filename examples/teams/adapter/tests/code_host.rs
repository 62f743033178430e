//! The code host over HTTP: what it is asked, what it answers, and all that can go wrong.

#![allow(clippy::expect_used, clippy::panic, reason = "what fails here fails the test")]

mod fake_host;

use std::net::TcpListener;
use std::time::Duration;

use fake_host::{FakeHost, answer, list};
use teams_adapter::{CodeHostError, HttpCodeHost};
use teams_domain::{CodeHost, FoundRepository};

/// It stands in every request, and must stand in no error.
const TOKEN: &str = "hunter2";

fn host(url: &str) -> HttpCodeHost {
    let (url, organisation) = (url.parse().expect(url), "acme".parse().expect("a name"));
    HttpCodeHost::new(url, organisation, TOKEN.parse().expect("a token"))
}

fn names(found: &[FoundRepository]) -> Vec<&str> {
    found.iter().map(|repository| repository.name.as_str()).collect()
}

async fn refused(host: &HttpCodeHost) -> CodeHostError {
    let error = host.repositories().await.expect_err("it is no list");
    for shown in [format!("{error:?}"), error.to_string(), error.hint().to_owned(), format!("{host:?}")] {
        assert!(!shown.contains(TOKEN), "{shown}");
    }
    error
}

#[tokio::test]
async fn it_is_asked_as_github_is() {
    let fake = FakeHost::start(|_| answer("200 OK", "Link: <https://x>; rel=\"first\"\r\n", &list(["till"])));
    let found = host(&format!("{}/api/v3", fake.url())).repositories().await.expect("a list");
    assert_eq!(found[0].url.as_str(), "https://git.example.org/acme/till");
    assert_eq!((names(&found), found[0].description.as_str()), (vec!["till"], ""));
    let asked = fake.asked();
    assert_eq!(asked.len(), 1, "that there is no next page was said");
    for line in [
        "GET /api/v3/orgs/acme/repos?per_page=100&page=1 HTTP/1.1\n",
        &format!("host: {}\n", fake.address),
        "authorization: Bearer hunter2\n",
        "accept: application/vnd.github+json\n",
        "user-agent: underpin-teams\n",
    ] {
        assert!(asked[0].contains(line), "{line} is missing in\n{}", asked[0]);
    }
}

#[tokio::test]
async fn pages_are_turned_until_there_is_no_next_one() {
    let linked = FakeHost::start(|number| match number {
        1 => answer("200 OK", "link: <https://x?page=2>; rel=\"next\"\r\n", &list(["a", "b"])),
        _ => answer("200 OK", "link: <https://x?page=1>; rel=\"prev\"\r\n", &list(["c"])),
    });
    let found = host(&linked.url()).repositories().await.expect("a list");
    assert_eq!((names(&found), linked.asked().len()), (vec!["a", "b", "c"], 2));

    // A host without such headers, with pages of a length of its own.
    let plain = FakeHost::start(|number| match number {
        1 => answer("200 OK", "", &list(["a", "b"])),
        2 => answer("200 OK", "", &list(["c"])),
        _ => answer("200 OK", "", "[]"),
    });
    let found = host(&plain.url()).repositories().await.expect("a list");
    assert_eq!((names(&found), plain.asked().len()), (vec!["a", "b", "c"], 3));
}

#[tokio::test]
async fn a_host_that_never_ends_is_asked_so_often_and_no_more() {
    let endless = FakeHost::start(|number| answer("200 OK", "", &list([format!("r{number}")])));
    let error = refused(&host(&endless.url()).pages(4)).await;
    assert!(error.to_string().contains("more than 4 pages"), "{error}");
    assert_eq!(endless.asked().len(), 4);
}

#[tokio::test]
async fn each_status_says_what_to_do() {
    for (fake, said, hint) in [
        (
            FakeHost::start(|_| answer("401 Unauthorized", "", "{}")),
            "does not accept the token",
            "CODE_HOST_TOKEN",
        ),
        (FakeHost::start(|_| answer("403 Forbidden", "", "{}")), "refuses to tell", "the right"),
        (
            FakeHost::start(|_| answer("404 Not Found", "", "{}")),
            "no such organisation",
            "CODE_HOST_ORGANISATION",
        ),
        (FakeHost::start(|_| answer("429 Too Many Requests", "", "")), "refuses to tell", "try again later"),
        (FakeHost::start(|_| answer("503 Service Unavailable", "", "")), "is in trouble", "try again later"),
        (FakeHost::start(|_| answer("204 No Content", "", "")), "no answer of use", "CODE_HOST_URL"),
    ] {
        let error = refused(&host(&fake.url())).await;
        assert!(error.to_string().contains(said), "{error}");
        assert!(error.hint().contains(hint), "{}", error.hint());
        assert!(error.to_string().contains("organisation acme, status "), "{error}");
    }
}

#[tokio::test]
async fn the_token_follows_no_redirection() {
    let fake = FakeHost::start(|_| answer("302 Found", "location: http://127.0.0.1:1/\r\n", ""));
    let error = refused(&host(&fake.url())).await;
    assert!(error.hint().contains("it is not followed"), "{error}");
    assert_eq!(fake.asked().len(), 1);
}

#[tokio::test]
async fn what_is_no_list_of_repositories_is_refused() {
    for (fake, said) in [
        (FakeHost::start(|_| answer("200 OK", "", "<html>")), "line 1, column 1"),
        (FakeHost::start(|_| answer("200 OK", "", "{}")), "did not answer with a list"),
        (FakeHost::start(|_| answer("200 OK", "", r#"[{"name": "till"}]"#)), "did not answer with a list"),
        (FakeHost::start(|_| answer("200 OK", "", &list(["  "]))), "name cannot be kept: the name is empty"),
        (
            FakeHost::start(|_| answer("200 OK", "", &list(["t"]).replace("https:", "javascript:"))),
            "html_url cannot be kept",
        ),
        (
            FakeHost::start(|_| answer("200 OK", "", &list(["t"]).replace("null", "\"\\u0000\""))),
            "description cannot be kept",
        ),
        (FakeHost::start(|_| Some("nonsense\r\n\r\n".to_owned())), "broke off"),
        (FakeHost::start(|_| Some("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n[".to_owned())), "broke off"),
    ] {
        let error = refused(&host(&fake.url())).await;
        assert!(error.to_string().contains(said), "{said}: {error}");
    }
}

#[tokio::test]
async fn an_answer_that_is_too_long_is_not_read_to_its_end() {
    let fake = FakeHost::start(|_| answer("200 OK", "", &" ".repeat(100_000)));
    let error = refused(&host(&fake.url()).bytes(1000)).await;
    assert!(error.to_string().contains("more than 1000 bytes"), "{error}");
}

#[tokio::test]
async fn who_does_not_answer_is_waited_for_so_long_and_no_longer() {
    let silent = FakeHost::start(|_| None);
    let error = refused(&host(&silent.url()).time(Duration::from_millis(200))).await;
    assert!(error.to_string().contains("did not answer within 0.2 seconds"), "{error}");
    assert_eq!(silent.asked().len(), 1);
}

#[tokio::test]
async fn nobody_is_there() {
    let free = TcpListener::bind("127.0.0.1:0").expect("a free port").local_addr().expect("its address");
    let error = refused(&host(&format!("http://{free}"))).await;
    assert!(error.to_string().contains(&format!("no connection to {free}")), "{error}");
}

#[tokio::test]
async fn a_server_without_encryption_is_not_told_the_token() {
    let plain = FakeHost::start(|_| answer("200 OK", "", "[]"));
    let error = refused(&host(&format!("https://{}", plain.address))).await;
    assert!(error.to_string().contains("no encrypted connection"), "{error}");
    assert!(!plain.asked().concat().contains(TOKEN));
}
