//! Where the servers are and how to log in: what the URL says, completed by the environment as libpq does it.

use std::net::IpAddr;
use std::path::PathBuf;
use std::time::Duration;

use tokio_postgres::Config;
use tokio_postgres::config::{ChannelBinding, Host, LoadBalanceHosts, SslMode as DriverMode, SslNegotiation};
use underpin_core::{Error, Result};
use underpin_sql::driver::ConnectOptions;

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
    /// How long one server may take to let us in.
    pub(crate) timeout: Duration,
}

/// One server.
#[derive(Debug)]
pub(crate) struct Server {
    /// Everything that is needed to connect to it alone.
    pub(crate) config: Config,
    /// `host:port`, or the folder of its socket, for errors.
    pub(crate) name: String,
    /// Whether it is reached by a Unix socket, which is never encrypted.
    pub(crate) local: bool,
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
        let mut login = login(options.base())?;
        let mut hosts: Vec<String> = login.get_hosts().iter().map(host_text).collect();
        let mut ports: Vec<u16> = login.get_ports().to_vec();
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
        if let Some(user) = options.take("user") {
            login.user(user);
        }
        if let Some(password) = options.take("password") {
            login.password(password);
        }
        if let Some(database) = options.take("dbname") {
            login.dbname(database);
        }
        if let Some(name) = options.take("application_name").or_else(|| environment("PGAPPNAME")) {
            login.application_name(name);
        }
        if let (None, Some(user)) = (login.get_user(), environment("PGUSER")) {
            login.user(user);
        }
        if let (None, Some(password)) = (login.get_password(), environment("PGPASSWORD")) {
            login.password(password);
        }
        if let (None, Some(database)) = (login.get_dbname(), environment("PGDATABASE")) {
            login.dbname(database);
        }
        set_server_options(&mut login, &mut options);
        set_network(&mut login, &mut options)?;
        let ssl = match options.take("sslmode").or_else(|| environment("PGSSLMODE")) {
            Some(name) => SslMode::of(&name)?,
            None => SslMode::Prefer,
        };
        let tls = Tls::new(ssl, &certificates(&mut options)?)?;
        let session = match options.take("target_session_attrs") {
            None => Session::Any,
            Some(name) => Session::of(&name)?,
        };
        let random = match options.take("load_balance_hosts").as_deref() {
            None | Some("disable") => false,
            Some("random") => true,
            Some(_) => return Err(malformed("load_balance_hosts", "disable or random")),
        };
        if random {
            login.load_balance_hosts(LoadBalanceHosts::Random);
        }
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

        let servers = servers(&login, &hosts, &ports, &addresses)?;
        let database = login
            .get_dbname()
            .or(login.get_user())
            .map_or_else(|| "of the user's name".to_owned(), |name| name.escape_debug().to_string());
        Ok(Self { servers, database, session, random, ssl, tls, timeout })
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

/// User, password, hosts and database of the URL before its `?`.
fn login(base: &str) -> Result<Config> {
    let rest = base.split_once("://").map(|(_, rest)| rest).ok_or_else(|| {
        Error::config("the database URL has no `//`", "write `postgres://user:password@host/name`")
    })?;
    let config: Config = format!("postgres://{rest}").parse().map_err(|_| {
        Error::config(
            "user, host, port or database of the database URL are malformed",
            "write `postgres://user:password@host:5432/name`; a special character in a password is written as % \
             and two hexadecimal digits, such as %40 for @",
        )
    })?;
    // What stands behind a second @ is the end of a password: it must not show up as a host's name.
    if config.get_hosts().iter().any(|host| host_text(host).contains('@')) {
        return Err(Error::config(
            "the database URL has an `@` too many",
            "write an `@` inside the password as %40",
        ));
    }
    Ok(config)
}

fn host_text(host: &Host) -> String {
    match host {
        Host::Tcp(name) => name.clone(),
        #[cfg(unix)]
        Host::Unix(path) => path.to_string_lossy().into_owned(),
    }
}

/// One configuration for each server, so that an error can name it.
fn servers(login: &Config, hosts: &[String], ports: &[u16], addresses: &[IpAddr]) -> Result<Vec<Server>> {
    let count = hosts.len().max(addresses.len());
    let ports = match (ports, environment("PGPORT")) {
        ([], Some(text)) => vec![port(&text)?],
        _ => ports.to_vec(),
    };
    let first_port = ports.first().copied().unwrap_or(5432);
    if count == 0 {
        let host = environment("PGHOST").unwrap_or_else(|| usual_host(first_port));
        return servers(login, &host.split(',').map(str::to_owned).collect::<Vec<_>>(), &ports, &[]);
    }
    if !hosts.is_empty() && !addresses.is_empty() && hosts.len() != addresses.len() {
        return Err(malformed("hostaddr", "as many addresses as the URL has hosts"));
    }
    if ports.len() > 1 && ports.len() != count {
        return Err(malformed("port", "one port, or as many as the URL has hosts"));
    }
    (0..count)
        .map(|index| {
            let port = ports.get(index).copied().unwrap_or(first_port);
            let address = addresses.get(index);
            let host = match (hosts.get(index).map(String::as_str), address) {
                (None | Some(""), Some(address)) => address.to_string(),
                (None | Some(""), None) => usual_host(port),
                (Some(host), _) => host.to_owned(),
            };
            let mut config = one_host(login);
            config.host(&host).port(port);
            if let Some(address) = address {
                config.hostaddr(*address);
            }
            let local = host.starts_with('/');
            let host = host.escape_debug();
            let name = if local {
                format!("{host}/.s.PGSQL.{port}")
            } else if host.to_string().contains(':') {
                format!("[{host}]:{port}")
            } else {
                format!("{host}:{port}")
            };
            Ok(Server { config, name, local })
        })
        .collect()
}

/// The login without its hosts, which a configuration can only add to.
fn one_host(login: &Config) -> Config {
    let mut config = Config::new();
    if let Some(user) = login.get_user() {
        config.user(user);
    }
    if let Some(password) = login.get_password() {
        config.password(password);
    }
    if let Some(database) = login.get_dbname() {
        config.dbname(database);
    }
    if let Some(options) = login.get_options() {
        config.options(options);
    }
    if let Some(name) = login.get_application_name() {
        config.application_name(name);
    }
    if let Some(timeout) = login.get_tcp_user_timeout() {
        config.tcp_user_timeout(*timeout);
    }
    if let Some(interval) = login.get_keepalives_interval() {
        config.keepalives_interval(interval);
    }
    if let Some(retries) = login.get_keepalives_retries() {
        config.keepalives_retries(retries);
    }
    config
        .keepalives(login.get_keepalives())
        .keepalives_idle(login.get_keepalives_idle())
        .channel_binding(login.get_channel_binding())
        .ssl_negotiation(login.get_ssl_negotiation())
        .ssl_mode(DriverMode::Disable)
        .load_balance_hosts(login.get_load_balance_hosts());
    config
}

/// Where a server without a host is looked for.
fn usual_host(port: u16) -> String {
    SOCKET_FOLDERS
        .iter()
        .find(|folder| PathBuf::from(folder).join(format!(".s.PGSQL.{port}")).exists())
        .map_or_else(|| "localhost".to_owned(), |folder| (*folder).to_owned())
}

/// What the server is told when a session starts.
fn set_server_options(login: &mut Config, options: &mut ConnectOptions) {
    let mut settings = options.take("options").or_else(|| environment("PGOPTIONS")).unwrap_or_default();
    if let Some(timeout) = options.pool().statement_timeout {
        if !settings.is_empty() {
            settings.push(' ');
        }
        // 0 would mean no limit.
        settings.push_str(&format!("-c statement_timeout={}", timeout.as_millis().clamp(1, 2_147_483_647)));
    }
    if !settings.is_empty() {
        login.options(settings);
    }
}

fn set_network(login: &mut Config, options: &mut ConnectOptions) -> Result<()> {
    let mut seconds = |name: &'static str| -> Result<Option<Duration>> {
        options.take(name).map_or(Ok(None), |text| match text.parse::<u64>() {
            Ok(0) => Ok(None),
            Ok(seconds) => Ok(Some(Duration::from_secs(seconds))),
            Err(_) => Err(malformed(name, "a whole number of seconds")),
        })
    };
    if let Some(idle) = seconds("keepalives_idle")? {
        login.keepalives_idle(idle);
    }
    if let Some(interval) = seconds("keepalives_interval")? {
        login.keepalives_interval(interval);
    }
    // libpq counts milliseconds here.
    if let Some(text) = options.take("tcp_user_timeout") {
        let millis: u64 =
            text.parse().map_err(|_| malformed("tcp_user_timeout", "a whole number of milliseconds"))?;
        if millis > 0 {
            login.tcp_user_timeout(Duration::from_millis(millis));
        }
    }
    for name in ["keepalives_count", "keepalives_retries"] {
        if let Some(text) = options.take(name) {
            login.keepalives_retries(text.parse().map_err(|_| malformed(name, "a whole number"))?);
        }
    }
    if let Some(text) = options.take("keepalives") {
        let on: u32 = text.parse().map_err(|_| malformed("keepalives", "1 or 0"))?;
        login.keepalives(on != 0);
    }
    match options.take("channel_binding").as_deref() {
        None => {}
        Some("disable") => _ = login.channel_binding(ChannelBinding::Disable),
        Some("prefer") => _ = login.channel_binding(ChannelBinding::Prefer),
        Some("require") => _ = login.channel_binding(ChannelBinding::Require),
        Some(_) => return Err(malformed("channel_binding", "disable, prefer or require")),
    }
    match options.take("sslnegotiation").as_deref() {
        None | Some("postgres") => {}
        Some("direct") => _ = login.ssl_negotiation(SslNegotiation::Direct),
        Some(_) => return Err(malformed("sslnegotiation", "postgres or direct")),
    }
    Ok(())
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

fn port(text: &str) -> Result<u16> {
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
        assert_eq!(target.servers[0].config.get_options(), Some("-c jit=off -c statement_timeout=250"));
        assert_eq!((target.database.as_str(), target.ssl), ("app", SslMode::Prefer));
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
