//! Who bears no token learns nothing, and nobody reads the token anywhere.

use crate::client::send;
use crate::scratch::Scratch;
use crate::server::{Server, TOKEN, bearing, on_each, program};

#[test]
fn without_the_token_nothing_is_told() {
    on_each(|server| {
        let wrong = TOKEN.replace('a', "b");
        for (headers, challenge) in [
            (String::new(), "Bearer"),
            (format!("authorization: {TOKEN}\r\n"), "Bearer"),
            (format!("authorization: Basic {TOKEN}\r\n"), "Bearer"),
            (bearing(TOKEN).repeat(2), "Bearer"),
            (bearing(""), "Bearer"),
            (bearing("x"), "Bearer error=\"invalid_token\""),
            (bearing(&wrong), "Bearer error=\"invalid_token\""),
            (bearing(&TOKEN[1..]), "Bearer error=\"invalid_token\""),
            (bearing(&format!("{TOKEN}x")), "Bearer error=\"invalid_token\""),
            (bearing(&TOKEN.to_uppercase()), "Bearer error=\"invalid_token\""),
            (bearing("\u{e9}"), "Bearer error=\"invalid_token\""),
        ] {
            for (method, path) in [
                ("GET", "/users"),
                ("POST", "/users"),
                ("GET", "/users/x"),
                ("POST", "/users/x/verify-email"),
                ("PUT", "/users/x/email"),
                ("GET", "/events"),
                ("GET", "/openapi.json"),
                ("GET", "/nothing"),
                ("DELETE", "/users"),
            ] {
                let body = r#"{"email": "ana@example.org"}"#;
                let answer = send(server.address, method, path, &headers, body);
                answer.problem(401);
                assert_eq!(answer.header("www-authenticate"), Some(challenge), "{method} {path} {headers}");
                assert!(!answer.body.contains(TOKEN) && !answer.head.contains(TOKEN), "{answer:?}");
            }
        }
        assert!(server.all("users", 20).is_empty(), "nothing was done");
    });
}

#[test]
fn the_scheme_may_be_in_any_letters() {
    let server = Server::start(Scratch::sqlite());
    for scheme in ["Bearer", "bearer", "BEARER"] {
        let headers = format!("Authorization: {scheme} {TOKEN}\r\n");
        assert_eq!(send(server.address, "GET", "/users", &headers, "").status, 200, "{scheme}");
    }
}

#[test]
fn whether_it_lives_is_told_to_everybody() {
    on_each(|server| {
        for path in ["/health", "/ready"] {
            for headers in [String::new(), bearing("x")] {
                let answer = send(server.address, "GET", path, &headers, "");
                assert_eq!((answer.status, answer.body.as_str()), (204, ""), "{path}");
            }
        }
    });
}

#[test]
fn answers_are_kept_nowhere_on_the_way() {
    let server = Server::start(Scratch::sqlite());
    for answer in [server.get("/users"), send(server.address, "GET", "/users", "", "")] {
        assert_eq!(answer.header("cache-control"), Some("no-store"), "{answer:?}");
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"), "{answer:?}");
    }
}

#[test]
fn it_does_not_serve_without_a_good_token() {
    let scratch = Scratch::sqlite();
    assert!(program(&scratch, &["upgrade"]).status().expect("the program starts").success());
    for (token, why) in [
        (None, "FINANCE_TOKEN is not set"),
        (Some(""), "FINANCE_TOKEN is not set"),
        (Some("hunter2hunter2"), "FINANCE_TOKEN is too short"),
        (Some("hunter2 hunter2 hunter2 hunter2 hunter2"), "FINANCE_TOKEN has a character"),
    ] {
        let mut serve = program(&scratch, &["serve", "--listen", "127.0.0.1:0"]);
        serve.envs(token.map(|token| ("FINANCE_TOKEN", token)));
        let ended = serve.output().expect("it ends by itself");
        let said = String::from_utf8(ended.stderr).expect("text");
        assert_eq!(ended.status.code(), Some(2), "{said}");
        assert!(said.contains(why) && said.contains("hint: "), "{said}");
        assert!(ended.stdout.is_empty() && !said.contains("hunter2"), "{said}");
    }
}

#[test]
fn the_token_is_printed_nowhere() {
    on_each_stopped(|server| {
        server.registered("ana@example.org");
        server.register("ana@example.org").problem(409);
        send(server.address, "GET", "/users", &bearing("a-guess-that-shall-not-be-printed"), "").problem(401);
        server.send("POST", "/users", "{").problem(400);
    });
}

/// What a server has printed when it has stopped has no token in it, nor a guess, nor an address.
fn on_each_stopped(case: impl Fn(&Server)) {
    for scratch in [Scratch::sqlite(), Scratch::postgres()] {
        let server = Server::start(scratch);
        case(&server);
        let (code, printed) = server.stop();
        assert_eq!(code, Some(0), "{printed}");
        for secret in [TOKEN, "a-guess", "ana@"] {
            assert!(!printed.contains(secret), "{printed}");
        }
    }
}
