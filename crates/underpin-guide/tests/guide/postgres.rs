//! A PostgreSQL database for the tutorial, dropped at the end.

use std::process;

use underpin::ConnectOptions;
use underpin::connect_driver;
use underpin::driver::Access;

/// The server, and a role that may create databases.
const SERVER: &str = "UNDERPIN_TEST_POSTGRES";
const LOCAL_SERVER: &str = "postgres://postgres@127.0.0.1:5432/postgres";

/// An empty database.
pub(crate) struct Database {
    name: String,
    url: String,
}

impl Database {
    pub(crate) fn make() -> Self {
        let name = format!("underpin_guide_{}", process::id());
        administer(&format!("CREATE DATABASE {name}"));
        let server = server();
        let (base, options) =
            server.split_once('?').map_or((server.as_str(), ""), |(base, options)| (base, options));
        let host = base.rsplit_once('/').map_or(base, |(host, _)| host);
        let options = if options.is_empty() { String::new() } else { format!("?{options}") };
        Self { url: format!("{host}/{name}{options}"), name }
    }

    pub(crate) fn url(&self) -> &str {
        &self.url
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        administer(&format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name));
    }
}

fn server() -> String {
    std::env::var(SERVER).unwrap_or_else(|_| LOCAL_SERVER.to_owned())
}

fn administer(sql: &str) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let options = ConnectOptions::parse(&server()).expect("a URL");
        let driver = connect_driver(options).await.expect("a PostgreSQL server for tests");
        let mut connection = driver.acquire(Access::Write).await.expect("a connection");
        connection.script(sql).await.expect(sql);
    });
}
