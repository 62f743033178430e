//! A PgBouncer in transaction mode, with two servers for each database, which are given out in turn.

use std::fmt::Write as _;
use std::fs;
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;
use tokio_postgres::Config;
use tokio_postgres::config::Host;

const MISSING: &str = "no PgBouncer: install Debian's package pgbouncer (as root, ./test does)";

/// Where Debian has it, which is not on everybody's path.
const DEBIAN: &str = "/usr/sbin/pgbouncer";

/// Two servers, each next transaction on the other one: whatever a transaction leaves behind on its server is missed or
/// met by the next.
const SETTINGS: &str = "\
pool_mode = transaction
default_pool_size = 2
server_round_robin = 1
max_client_conn = 200
auth_type = any
listen_port = 6432
query_wait_timeout = 20
";

/// A running PgBouncer; it ends when this is dropped.
pub(crate) struct Pooler {
    child: Child,
    directory: TempDir,
    user: String,
}

impl Pooler {
    /// Starts one before a server.
    pub(crate) fn before(server: &Config) -> Self {
        let directory = tempfile::tempdir().expect("a temporary directory");
        let user = server.get_user().unwrap_or("postgres").to_owned();
        let settings = directory.path().join("pgbouncer.ini");
        let folder = directory.path().display();
        let text = format!(
            "[databases]\n* = {}\n[pgbouncer]\n{SETTINGS}unix_socket_dir = {folder}\nlogfile = {folder}/log\n",
            server_of(server, &user),
        );
        fs::write(&settings, text).expect("the settings are written");
        let mut command = Command::new(if Path::new(DEBIAN).exists() { DEBIAN } else { "pgbouncer" });
        if let Some(owner) = other_than_root(directory.path()) {
            command.args(["-u", &owner]);
        }
        let child = command.arg("-q").arg(&settings).stdout(Stdio::null()).stderr(Stdio::null());
        let mut pooler = Self { child: child.spawn().expect(MISSING), directory, user };
        pooler.wait_until_it_listens();
        pooler
    }

    /// The URL of a database behind it.
    pub(crate) fn url(&self, database: &str) -> String {
        let folder = self.directory.path().display().to_string().replace('/', "%2F");
        format!("postgres://{}@{folder}:6432/{database}?prepared_statements=false", self.user)
    }

    fn wait_until_it_listens(&mut self) {
        let socket = self.directory.path().join(".s.PGSQL.6432");
        let begun = Instant::now();
        // The file is there before anybody listens.
        while UnixStream::connect(&socket).is_err() {
            let ended = self.child.try_wait().expect("it can be asked");
            assert!(ended.is_none(), "PgBouncer ended at once");
            assert!(begun.elapsed() < Duration::from_secs(20), "PgBouncer does not listen");
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    fn log(&self) -> String {
        fs::read_to_string(self.directory.path().join("log")).unwrap_or_default()
    }
}

impl Drop for Pooler {
    #[allow(clippy::print_stderr, reason = "shown with a test that fails")]
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        eprintln!("{}", self.log());
    }
}

/// How PgBouncer finds the server.
fn server_of(server: &Config, user: &str) -> String {
    let mut text = match server.get_hosts().first() {
        Some(Host::Tcp(host)) => format!("host={host}"),
        Some(Host::Unix(folder)) => format!("host={}", folder.display()),
        None => "host=127.0.0.1".to_owned(),
    };
    let _ = write!(text, " port={} user={user}", server.get_ports().first().unwrap_or(&5432));
    if let Some(password) = server.get_password() {
        let _ = write!(text, " password={}", String::from_utf8_lossy(password));
    }
    text
}

/// PgBouncer refuses to run as root: then it runs as the user of Debian's PostgreSQL, to whom the folder is given.
fn other_than_root(folder: &Path) -> Option<String> {
    let output = Command::new("id").arg("-u").output().expect("id is there");
    if String::from_utf8_lossy(&output.stdout).trim() != "0" {
        return None;
    }
    let given = Command::new("chown").args(["-R", "postgres"]).arg(folder).status().expect("chown is there");
    assert!(given.success(), "there is no user postgres, as whom PgBouncer could run");
    Some("postgres".to_owned())
}
