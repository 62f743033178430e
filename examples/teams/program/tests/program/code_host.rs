//! `import-items`: what the code host knows comes in, and its token goes nowhere else.

use crate::fake_host::{FakeHost, answer, list};
use crate::run::{PASSWORD, Program, on_each};
use crate::scratch::Scratch;
use crate::trusted_host::TrustedHost;

fn with_a_team(scratch: &Scratch) -> Program {
    let program = Program::built(scratch);
    program.said(&["user", "add", "Ana", "ana@example.org"]);
    program.said(&["team", "add", "shop", "--name", "Shop", "--founder", "ana@example.org"]);
    program
}

fn settings(url: &str) -> [(&str, &str); 3] {
    [("CODE_HOST_URL", url), ("CODE_HOST_ORGANISATION", "acme"), ("CODE_HOST_TOKEN", PASSWORD)]
}

#[test]
fn what_it_knows_comes_in_once() {
    on_each(|scratch| {
        let program = with_a_team(scratch);
        let host = FakeHost::start(|number| match number % 3 {
            1 => answer("200 OK", "", &list(["till", "web"])),
            2 => answer("200 OK", "", &list(["tools", "till"])),
            _ => answer("200 OK", "", "[]"),
        });
        let url = host.url();
        let told = program.run_with(&settings(&url), &["import-items", "shop"]);
        assert_eq!((told.code, told.out.lines().count()), (0, 4), "{told:?}");
        assert_eq!(told.err, "3 taken in; what an item has already was left as it is\n");
        let told = program.run_with(&settings(&url), &["import-items", "shop", "--format", "json"]);
        assert_eq!((told.code, told.out.as_str()), (0, "[]\n"), "{told:?}");
        let items = program.list(&["item", "list", "--team", "shop", "--kind", "library"]);
        let repositories: Vec<_> = items.iter().filter_map(|item| item["repository"].as_str()).collect();
        assert_eq!(
            repositories,
            ["till", "web", "tools"].map(|name| format!("https://git.example.org/acme/{name}"))
        );
        assert!(host.asked()[0].contains(&format!("authorization: Bearer {PASSWORD}\n")));
    });
}

#[test]
fn what_fails_leaves_nothing_and_tells_no_token() {
    let scratch = Scratch::sqlite();
    let program = with_a_team(&scratch);
    let broken = FakeHost::start(|number| match number {
        1 => answer("200 OK", "", &list(["till"])),
        _ => answer("401 Unauthorized", "", "{\"message\": \"Bad credentials\"}"),
    });
    let told = program.run_with(&settings(&broken.url()), &["import-items", "shop"]);
    told.ended(
        1,
        "does not accept the token (organisation acme, status 401 Unauthorized)\nhint: set CODE_HOST_TOKEN",
    );
    let good = FakeHost::start(|_| answer("200 OK", "link: <x>; rel=\"first\"\r\n", &list(["till"])));
    program.run_with(&settings(&good.url()), &["import-items", "nobody"]).ended(1, "there is no team nobody");
    assert!(program.list(&["item", "list"]).is_empty());
    // The host was asked before anything was held in the database; the team was looked for afterwards.
    assert_eq!(good.asked().len(), 1);
    let nowhere = settings("http://127.0.0.1:1");
    program.run_with(&nowhere, &["import-items", "shop"]).ended(1, "no connection to 127.0.0.1:1");
}

#[test]
fn who_is_trusted_is_asked_over_tls_and_nobody_else() {
    let scratch = Scratch::sqlite();
    let program = with_a_team(&scratch);
    let host = TrustedHost::start(program.directory(), list(["till"]));
    let url = host.url();
    let told = program.run_with(&settings(&url), &["import-items", "shop"]);
    told.ended(1, "no encrypted connection to localhost");
    let trusting = [&settings(&url)[..], &[("SSL_CERT_FILE", host.certificate())]].concat();
    let told = program.run_with(&trusting, &["import-items", "shop"]);
    assert_eq!((told.code, told.out.lines().count()), (0, 2), "{told:?}");
}
