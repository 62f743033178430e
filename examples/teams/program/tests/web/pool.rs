//! The pool: never more connections than were asked for, and a clear answer when none becomes free in time.

use std::fs;
use std::thread;
use std::time::Duration;

use serde_json::json;
use teams_adapter::{Db, TeamsStorage};
use teams_domain::{Storage, TeamRepository, UnitOfWork};
use underpin::ConnectOptions;
use underpin::driver::Access;
use underpin::prelude::*;

use crate::scratch::Scratch;
use crate::server::Server;

const CONNECTIONS: &str = "
SELECT count(*)::text
FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid() AND application_name <> 'holder'";

const SETTINGS: [(&str, &str); 2] = [("DATABASE_POOL_SIZE", "1"), ("DATABASE_POOL_OVERFLOW", "1")];

/// While somebody holds a team, requests that change it wait: as many as the pool has connections. The others are told,
/// and when the team is free again, those who waited are served.
#[test]
fn who_finds_no_connection_is_told_in_time() {
    for scratch in [Scratch::sqlite(), Scratch::postgres()] {
        let server = Server::start_with(scratch, "pool_timeout=0.3", &SETTINGS);
        let (ana, ben) = (server.user("Ana"), server.user("Ben"));
        server.team("shop", &ana);
        server.join("shop", &ben, "member");
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        let (storage, mut held) = runtime.block_on(async {
            let options = ConnectOptions::parse(&as_holder(server.scratch.url())).expect("a URL");
            let storage = TeamsStorage::connect(options).await.expect("the database of the server");
            let mut uow = storage.begin().await.expect("a connection");
            let shop = "shop".parse().expect("a slug");
            uow.teams().get(&shop).await.expect("the team").expect("it is there");
            (storage, Some(uow))
        });
        let change = || server.patch(&format!("/teams/shop/members/{ben}"), &json!({ "role": "maintainer" }));
        let answers = thread::scope(|scope| {
            let waiting: Vec<_> = (0..6).map(|_| scope.spawn(change)).collect();
            // At least four find no connection; they are answered while the team is still held.
            while waiting.iter().filter(|one| one.is_finished()).count() < 4 {
                assert!(connections(&server) <= 2, "more connections than size and overflow");
                thread::sleep(Duration::from_millis(10));
            }
            let uow = held.take().expect("it is held");
            runtime.block_on(uow.commit()).expect("nothing was changed");
            waiting.into_iter().map(|one| one.join().expect("an answer")).collect::<Vec<_>>()
        });
        let refused: Vec<_> = answers.iter().filter(|answer| answer.status != 200).collect();
        assert!(refused.len() >= 4, "{answers:?}");
        for answer in refused {
            assert_eq!(answer.field(503), "");
            assert!(answer.head.contains("retry-after: 1"), "{answer:?}");
            let detail = answer.json()["detail"].as_str().expect("a detail").to_owned();
            assert!(detail.contains("the database"), "{detail}");
        }
        assert_eq!(change().status, 200);
        assert!(connections(&server) <= 2);
        runtime.block_on(storage.database().close());
    }
}

/// How many connections the server has open.
fn connections(server: &Server) -> usize {
    match server.scratch.url().strip_prefix("sqlite:") {
        Some(path) => open_files(server.id(), path),
        None => sessions(server.scratch.url()),
    }
}

fn open_files(process: u32, path: &str) -> usize {
    let files = fs::read_dir(format!("/proc/{process}/fd")).expect("Linux has it");
    let leads = |file: std::io::Result<fs::DirEntry>| fs::read_link(file.ok()?.path()).ok();
    files.filter_map(leads).filter(|file| file.to_str() == Some(path)).count()
}

/// The URL by which the test itself connects, so that its connections are not counted.
fn as_holder(url: &str) -> String {
    match (url.starts_with("sqlite:"), url.contains('?')) {
        (true, _) => url.to_owned(),
        (false, false) => format!("{url}?application_name=holder"),
        (false, true) => format!("{url}&application_name=holder"),
    }
}

fn sessions(url: &str) -> usize {
    let count = async {
        let database = Database::<Db>::connect(&as_holder(url)).await.expect("the database of the server");
        let mut connection = database.driver().acquire(Access::Read).await.expect("a connection");
        let rows = connection.texts(CONNECTIONS.trim(), &[]).await.expect("a count");
        rows[0][0].as_deref().and_then(|text| text.parse::<usize>().ok()).expect("a number")
    };
    let runtime = || tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    thread::scope(|scope| scope.spawn(|| runtime().block_on(count)).join().expect("it was counted"))
}
