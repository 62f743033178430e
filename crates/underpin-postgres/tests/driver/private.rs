//! A server of a test's own, with TLS and passwords, gone when the test ends.

use std::fs;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Who may come in, and how.
const HBA: &str = "\
local   all all                 trust
hostssl all secret 127.0.0.1/32 scram-sha-256
hostnossl all secret 127.0.0.1/32 reject
hostssl all badge  127.0.0.1/32 cert
hostnossl all plain 127.0.0.1/32 trust
hostssl all plain  127.0.0.1/32 reject
host    all nobody 127.0.0.1/32 reject
host    all all    127.0.0.1/32 trust
";

pub(crate) struct Private {
    pub(crate) folder: PathBuf,
    pub(crate) port: u16,
    binaries: PathBuf,
    as_root: bool,
}

impl Private {
    /// Starts a server with the certificates of `server`.
    pub(crate) fn start() -> Self {
        let binaries = binaries().expect("the TLS tests start a server: install one (Debian: postgresql)");
        let id = Command::new("id").arg("-u").output().expect("id").stdout;
        let as_root = id.starts_with(b"0\n");
        let folder = PathBuf::from(format!("/tmp/underpin_pg_{}", std::process::id()));
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let server = Self { folder, port, binaries, as_root };
        let (folder, bin) = (server.folder.display(), server.binaries.display());
        server.run(&format!("mkdir -m 755 {folder}; mkdir {folder}/certificates"));
        server.run(&format!("cd {folder}/certificates; {}", certificates()));
        server
            .run(&format!("{bin}/initdb -D {folder}/data -U postgres -A trust --no-sync -E UTF8 --locale C"));
        server.run(&format!("cat > {folder}/data/pg_hba.conf <<'END'\n{HBA}END"));
        server.control("start");
        server
    }

    /// `start`, `restart`, `stop`.
    pub(crate) fn control(&self, action: &str) {
        let (folder, bin, port) = (self.folder.display(), self.binaries.display(), self.port);
        self.run(&format!(
            "{bin}/pg_ctl -D {folder}/data -w -m fast -l {folder}/log -o '-p {port} -k {folder} -c fsync=off \
             -c ssl=on -c ssl_ca_file={folder}/certificates/root.crt -c ssl_cert_file={folder}/certificates/server.crt \
             -c ssl_key_file={folder}/certificates/server.key' {action}"
        ));
    }

    /// Shows other certificates from now on.
    pub(crate) fn show(&self, name: &str) {
        let folder = self.folder.display();
        self.run(&format!("cd {folder}/certificates; cp {name}.crt server.crt; cp {name}.key server.key"));
        self.control("restart");
    }

    pub(crate) fn certificate(&self, name: &str) -> String {
        format!("{}/certificates/{name}", self.folder.display())
    }

    fn run(&self, script: &str) {
        let mut command = if self.as_root {
            let mut command = Command::new("runuser");
            command.args(["-u", "postgres", "--", "sh", "-c", script]);
            command
        } else {
            let mut command = Command::new("sh");
            command.args(["-c", script]);
            command
        };
        // The server keeps what it inherits open, so nothing of it may be waited for.
        let log = std::env::temp_dir().join(format!("underpin_pg_{}.log", std::process::id()));
        let out = fs::File::create(&log).unwrap();
        let status = command
            .current_dir("/")
            .stdin(Stdio::null())
            .stdout(out.try_clone().unwrap())
            .stderr(out)
            .status()
            .expect("a shell");
        let said = fs::read_to_string(&log).unwrap_or_default();
        let _ = fs::remove_file(&log);
        assert!(status.success(), "{script}: {said}");
    }
}

impl Drop for Private {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            self.control("stop");
        } else {
            let _ = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| self.control("stop")));
        }
        let _ = fs::remove_dir_all(&self.folder);
    }
}

fn binaries() -> Option<PathBuf> {
    let folders = fs::read_dir("/usr/lib/postgresql").ok()?;
    folders
        .flatten()
        .map(|version| version.path().join("bin"))
        .find(|bin| Path::new(bin).join("initdb").exists())
}

/// An authority, servers and a client that it vouches for, and a server that vouches for itself.
fn certificates() -> String {
    let request = "openssl req -nodes -newkey rsa:2048 -sha256";
    let sign = |name: &str, subject: &str, names: &str| {
        format!(
            "{request} -new -keyout {name}.key -out {name}.csr -subj '/CN={subject}' \
             && printf 'subjectAltName={names}' > {name}.ext \
             && openssl x509 -req -in {name}.csr -CA root.crt -CAkey root.key -CAcreateserial -days 2 -sha256 \
                -extfile {name}.ext -out {name}.crt"
        )
    };
    [
        format!("{request} -x509 -days 2 -keyout root.key -out root.crt -subj /CN=authority"),
        sign("signed", "localhost", "DNS:localhost,IP:127.0.0.1"),
        sign("elsewhere", "db.example", "DNS:db.example"),
        sign("client", "badge", "DNS:badge"),
        // As the others, and no longer valid since yesterday.
        "openssl x509 -req -in signed.csr -CA root.crt -CAkey root.key -CAcreateserial -days -1 -sha256 \
         -extfile signed.ext -out expired.crt && cp signed.key expired.key"
            .to_owned(),
        format!(
            "{request} -x509 -days 2 -keyout own.key -out own.crt -subj /CN=localhost \
             -addext subjectAltName=DNS:localhost,IP:127.0.0.1"
        ),
        "cp signed.crt server.crt && cp signed.key server.key && chmod 644 client.key".to_owned(),
    ]
    .join(" && ")
}
