//! Where the servers are and how to log in: what the URL says, completed by the environment as libpq does it.

use std::net::IpAddr;
use std::path::PathBuf;
use std::time::Duration;

use underpin_core::{Error, Result};
use underpin_sql::driver::ConnectOptions;
use underpin_wire::{Binding, Login};

use crate::login::login;
use crate::socket::Keepalive;
use crate::tls::{Certificates, Roots, SslMode, Tls};

/// The options of a URL that are PostgreSQL's own, for a hint.
const KNOWN: &str = "user, password, host, hostaddr, port, dbname, application_name, options, connect_timeout, \
     tcp_user_timeout, keepalives, keepalives_idle, keepalives_interval, keepalives_count, target_session_attrs, \
     load_balance_hosts, channel_binding, sslmode, sslnegotiation, sslrootcert, sslcert, sslkey";

/// How long one server may take to let us in, unless the URL says otherwise.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(30);

/// Where a server may listen on this machine.
const SOCKET_FOLDERS: [&str; 2] = ["/var/run/postgresql", "/tmp"];

/// The servers to try, in order, and what each must be.
#[derive(Debug)]
pub(crate) struct Target {
    /// One server each.
    pub(crate) servers: Vec<Server>,
    /// Who logs in, and to what.
    pub(crate) login: Login,
    /// When a silent network counts as gone.
    pub(crate) keepalive: Keepalive,
    /// Name of the database, for errors.
    pub(crate) database: String,
    /// What the server must be.
    pub(crate) session: Session,
    /// Whether the servers are tried in random order.
    pub(crate) random: bool,
    /// Whether connections are encrypted.
    pub(crate) ssl: SslMode,
    /// How they are encrypted.
    pub(crate) tls: Tls,
    /// Whether encryption begins without asking for it (`sslnegotiation=direct`).
    pub(crate) direct: bool,
    /// How long one server may take to let us in.
    pub(crate) timeout: Duration,
}

/// One server.
#[derive(Debug)]
pub(crate) struct Server {
    /// Where it listens.
    pub(crate) place: Place,
    /// Its port, which a socket's name ends with as well.
    pub(crate) port: u16,
    /// `host:port`, or the folder of its socket, for errors.
    pub(crate) name: String,
}

/// Where a server listens.
#[derive(Debug)]
pub(crate) enum Place {
    /// On the network: the name that its certificate has, and its address, if that need not be looked up.
    Host(String, Option<IpAddr>),
    /// In a folder, by a socket, which is never encrypted.
    Folder(PathBuf),
}

/// What a server must be to be taken (`target_session_attrs`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Session {
    /// Anything.
    Any,
    /// One that accepts writes.
    ReadWrite,
    /// One that refuses writes.
    ReadOnly,
    /// One that is no standby.
    Primary,
    /// A standby.
    Standby,
    /// A standby, or if there is none, anything.
    PreferStandby,
}

impl Target {
    /// Reads URL and environment.
    pub(crate) fn of(mut options: ConnectOptions) -> Result<Self> {
        let (mut login, places) = login(options.base())?;
        let (mut hosts, mut ports): (Vec<String>, Vec<u16>) = places.into_iter().unzip();
        if let Some(given) = options.take("host") {
            hosts = given.split(',').map(str::to_owned).collect();
        }
        if let Some(given) = options.take("port") {
            ports = given.split(',').map(port).collect::<Result<_>>()?;
        }
        let addresses: Vec<IpAddr> = match options.take("hostaddr") {
            Some(given) => given
                .split(',')
                .map(|text| {
                    text.parse().map_err(|_| malformed("hostaddr", "IP addresses with commas between"))
                })
                .collect::<Result<_>>()?,
            None => Vec::new(),
        };
        let given = |option: Option<String>, before: Option<String>, variable: &str| {
            option.or(before).or_else(|| environment(variable))
        };
        let user = given(options.take("user"), Some(login.user).filter(|user| !user.is_empty()), "PGUSER");
        login.user = user.map_or_else(usual_user, Ok)?;
        login.password = given(options.take("password"), login.password, "PGPASSWORD");
        login.database = given(options.take("dbname"), login.database, "PGDATABASE");
        login.application_name = given(options.take("application_name"), None, "PGAPPNAME");
        login.options = server_options(&mut options);
        login.binding = binding(&mut options)?;
        let keepalive = keepalive(&mut options)?;
        let ssl = match options.take("sslmode").or_else(|| environment("PGSSLMODE")) {
            Some(name) => SslMode::of(&name)?,
            None => SslMode::Prefer,
        };
        let tls = Tls::new(ssl, &certificates(&mut options)?)?;
        let direct = match options.take("sslnegotiation").as_deref() {
            None | Some("postgres") => false,
            Some("direct") if ssl >= SslMode::Require => true,
            Some("direct") => {
                let expected = "direct only beside sslmode=require, verify-ca or verify-full";
                return Err(malformed("sslnegotiation", expected));
            }
            Some(_) => return Err(malformed("sslnegotiation", "postgres or direct")),
        };
        let session = match options.take("target_session_attrs") {
            None => Session::Any,
            Some(name) => Session::of(&name)?,
        };
        let random = match options.take("load_balance_hosts").as_deref() {
            None | Some("disable") => false,
            Some("random") => true,
            Some(_) => return Err(malformed("load_balance_hosts", "disable or random")),
        };
        let timeout = match options.take("connect_timeout") {
            Some(text) => {
                let seconds: u64 =
                    text.parse().map_err(|_| malformed("connect_timeout", "a whole number of seconds"))?;
                // 0 is libpq's word for no limit.
                if seconds == 0 {
                    Duration::from_secs(u64::from(u32::MAX))
                } else {
                    Duration::from_secs(seconds)
                }
            }
            None => CONNECT_TIMEOUT,
        };
        options.finish(KNOWN)?;

        let servers = servers(&hosts, &ports, &addresses)?;
        let database = login.database.as_ref().unwrap_or(&login.user).escape_debug().to_string();
        Ok(Self { servers, login, keepalive, database, session, random, ssl, tls, direct, timeout })
    }
}

impl Session {
    fn of(name: &str) -> Result<Self> {
        Ok(match name {
            "any" => Self::Any,
            "read-write" => Self::ReadWrite,
            "read-only" => Self::ReadOnly,
            "primary" => Self::Primary,
            "standby" => Self::Standby,
            "prefer-standby" => Self::PreferStandby,
            _ => {
                return Err(malformed(
                    "target_session_attrs",
                    "any, read-write, read-only, primary, standby or prefer-standby",
                ));
            }
        })
    }
}

/// Each server with its port and, where they are given, its address.
fn servers(hosts: &[String], ports: &[u16], addresses: &[IpAddr]) -> Result<Vec<Server>> {
    let count = hosts.len().max(addresses.len());
    let ports = match (ports, environment("PGPORT")) {
        ([], Some(text)) => vec![port(&text)?],
        _ => ports.to_vec(),
    };
    let first_port = ports.first().copied().unwrap_or(5432);
    if count == 0 {
        let host = environment("PGHOST").unwrap_or_else(|| usual_host(first_port));
        return servers(&host.split(',').map(str::to_owned).collect::<Vec<_>>(), &ports, &[]);
    }
    if !hosts.is_empty() && !addresses.is_empty() && hosts.len() != addresses.len() {
        return Err(malformed("hostaddr", "as many addresses as the URL has hosts"));
    }
    if ports.len() > 1 && ports.len() != count {
        return Err(malformed("port", "one port, or as many as the URL has hosts"));
    }
    let server = |index: usize| {
        let port = ports.get(index).copied().unwrap_or(first_port);
        let address = addresses.get(index).copied();
        let host = match (hosts.get(index).map(String::as_str), address) {
            (None | Some(""), Some(address)) => address.to_string(),
            (None | Some(""), None) => usual_host(port),
            (Some(host), _) => host.to_owned(),
        };
        let shown = host.escape_debug();
        if host.starts_with('/') {
            let name = format!("{shown}/.s.PGSQL.{port}");
            return Server { place: Place::Folder(host.into()), port, name };
        }
        let name = if host.contains(':') { format!("[{shown}]:{port}") } else { format!("{shown}:{port}") };
        Server { place: Place::Host(host, address), port, name }
    };
    Ok((0..count).map(server).collect())
}

/// Where a server without a host is looked for.
fn usual_host(port: u16) -> String {
    SOCKET_FOLDERS
        .iter()
        .find(|folder| PathBuf::from(folder).join(format!(".s.PGSQL.{port}")).exists())
        .map_or_else(|| "localhost".to_owned(), |folder| (*folder).to_owned())
}

/// Who this program runs as.
fn usual_user() -> Result<String> {
    whoami::username().map_err(|_| {
        Error::config(
            "the database URL names no user, and the system does not tell who runs this program",
            "write `postgres://user@host/name`, or set PGUSER",
        )
    })
}

/// What the server is told when a session starts.
fn server_options(options: &mut ConnectOptions) -> Option<String> {
    let mut settings = options.take("options").or_else(|| environment("PGOPTIONS")).unwrap_or_default();
    if let Some(timeout) = options.pool().statement_timeout {
        if !settings.is_empty() {
            settings.push(' ');
        }
        // 0 would mean no limit.
        settings.push_str(&format!("-c statement_timeout={}", timeout.as_millis().clamp(1, 2_147_483_647)));
    }
    Some(settings).filter(|settings| !settings.is_empty())
}

fn keepalive(options: &mut ConnectOptions) -> Result<Keepalive> {
    let mut number = |name: &'static str, expected: &'static str| -> Result<Option<u32>> {
        let given = options.take(name).map(|text| text.parse().map_err(|_| malformed(name, expected)));
        given.transpose()
    };
    let some = |number: Option<u32>| number.filter(|number| *number > 0).map(u64::from);
    let idle = some(number("keepalives_idle", "a whole number of seconds")?).map(Duration::from_secs);
    let interval = some(number("keepalives_interval", "a whole number of seconds")?).map(Duration::from_secs);
    // The name of libpq, and one that other drivers have for it.
    let counts =
        [number("keepalives_count", "a whole number")?, number("keepalives_retries", "a whole number")?];
    let count = counts[1].or(counts[0]);
    let on = number("keepalives", "1 or 0")?.is_none_or(|on| on != 0);
    // libpq counts milliseconds here.
    let patience =
        some(number("tcp_user_timeout", "a whole number of milliseconds")?).map(Duration::from_millis);
    Ok(Keepalive { on, idle, interval, count, patience })
}

fn binding(options: &mut ConnectOptions) -> Result<Binding> {
    match options.take("channel_binding").as_deref() {
        None | Some("prefer") => Ok(Binding::Prefer),
        Some("disable") => Ok(Binding::Disable),
        Some("require") => Ok(Binding::Require),
        Some(_) => Err(malformed("channel_binding", "disable, prefer or require")),
    }
}

fn certificates(options: &mut ConnectOptions) -> Result<Certificates> {
    let roots = match options.take("sslrootcert").or_else(|| environment("PGSSLROOTCERT")) {
        None => Roots::Unset,
        Some(word) if word == "system" => Roots::System,
        Some(file) => Roots::File(file.into()),
    };
    let client = match (options.take("sslcert"), options.take("sslkey")) {
        (None, None) => None,
        (Some(certificate), Some(key)) => Some((certificate.into(), key.into())),
        _ => return Err(malformed("sslcert", "a file, together with sslkey")),
    };
    Ok(Certificates { roots, client })
}

/// A port; nothing stands for PostgreSQL's own.
pub(crate) fn port(text: &str) -> Result<u16> {
    if text.is_empty() {
        return Ok(5432);
    }
    text.parse().map_err(|_| malformed("port", "a number from 1 to 65535"))
}

fn environment(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

fn malformed(option: &'static str, expected: &'static str) -> Error {
    Error::config(
        format!("the option {option} of the database URL is malformed"),
        format!("it takes {expected}"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn target(url: &str) -> Result<Target> {
        Target::of(ConnectOptions::parse(url)?)
    }

    fn names(url: &str) -> Vec<String> {
        target(url).unwrap().servers.into_iter().map(|server| server.name).collect()
    }

    #[test]
    fn servers_are_named_by_host_and_port() {
        assert_eq!(names("postgres://u:p@db.example/app"), ["db.example:5432"]);
        assert_eq!(names("postgresql://u@a:1,b:2,[::1]:3/app"), ["a:1", "b:2", "[::1]:3"]);
        assert_eq!(names("postgres://u@%2Frun%2Fpg/app"), ["/run/pg/.s.PGSQL.5432"]);
        assert_eq!(names("postgres:///app?host=/run/pg&port=6000"), ["/run/pg/.s.PGSQL.6000"]);
        assert_eq!(names("postgres:///app?hostaddr=127.0.0.1"), ["127.0.0.1:5432"]);
        assert_eq!(names("postgres://db.example:7/app?hostaddr=127.0.0.1"), ["db.example:7"]);
        assert_eq!(names("postgres:///app?host=a,b&port=7"), ["a:7", "b:7"]);
    }

    #[test]
    fn settings_travel_with_the_start() {
        let target = target("postgres://u@h/app?statement_timeout=250&options=-c%20jit%3Doff").unwrap();
        assert_eq!(target.login.options.as_deref(), Some("-c jit=off -c statement_timeout=250"));
        assert_eq!((target.database.as_str(), target.ssl), ("app", SslMode::Prefer));
    }

    #[test]
    fn a_silent_network_counts_as_gone_when_the_url_says() {
        let of = |options: &str| target(&format!("postgres://u@h/app?{options}")).unwrap().keepalive;
        assert_eq!((of("keepalives_count=3").count, of("keepalives_retries=4").count), (Some(3), Some(4)));
        let given = of("keepalives_idle=5&keepalives_interval=0&tcp_user_timeout=250");
        assert_eq!((given.on, given.idle, given.interval), (true, Some(Duration::from_secs(5)), None));
        assert_eq!(given.patience, Some(Duration::from_millis(250)));
        assert!(!of("keepalives=0").on);
    }

    #[test]
    fn mistakes_are_named_and_the_password_is_not() {
        for (url, says) in [
            ("postgres://u:hun@ter2@h/db", "`@`"),
            ("postgres://u:hunter2@h:x/db", "malformed"),
            ("postgres:u:hunter2@h/db", "`//`"),
            ("postgres://u:hunter2@h/db?sslmode=maybe", "sslmode"),
            ("postgres://u:hunter2@h/db?port=1,2", "port"),
            ("postgres://u:hunter2@h/db?hostaddr=hunter2", "hostaddr"),
            ("postgres://u:hunter2@h/db?target_session_attrs=best", "target_session_attrs"),
            ("postgres://u:hunter2@h/db?connect_timeout=soon", "connect_timeout"),
            ("postgres://u:hunter2@h/db?keepalives=yes", "keepalives"),
            ("postgres://u:hunter2@h/db?keepalives_retries=few", "keepalives_retries"),
            ("postgres://u:hunter2@h/db?sslcert=/x", "sslcert"),
            ("postgres://u:hunter2@h/db?colour=red", "colour"),
        ] {
            let error = target(url).unwrap_err();
            assert!(error.is_config() && error.to_string().contains(says), "{url}: {error}");
            let shown = format!("{error:?} {error}");
            assert!(!shown.contains("hunter2") && !shown.contains("ter2"), "{shown}");
        }
    }
}
