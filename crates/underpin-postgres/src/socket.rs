//! The way to a server: a socket on the network, or one in a folder.

use std::hash::{BuildHasher, RandomState};
use std::io;
use std::net::SocketAddr;
use std::path::Path;
use std::time::Duration;

use socket2::{SockRef, TcpKeepalive};
use tokio::net::{TcpStream, lookup_host};
use underpin_wire::Stream;

use crate::target::{Place, Server};

/// How long a connection is silent before it is tested, if the URL does not say: what systems have by themselves.
const IDLE: Duration = Duration::from_secs(2 * 60 * 60);

/// When a silent network counts as gone.
#[derive(Debug, Clone)]
pub(crate) struct Keepalive {
    /// Whether silent connections are tested at all.
    pub(crate) on: bool,
    /// After how long.
    pub(crate) idle: Option<Duration>,
    /// How often.
    pub(crate) interval: Option<Duration>,
    /// How many tests may go unanswered.
    pub(crate) count: Option<u32>,
    /// How long what was sent may go without a word of the other side's system.
    pub(crate) patience: Option<Duration>,
}

impl Server {
    /// Opens a way to the server; with `random` its addresses are tried in any order.
    pub(crate) async fn reach(&self, keepalive: &Keepalive, random: bool) -> io::Result<Box<dyn Stream>> {
        let (host, address) = match &self.place {
            Place::Folder(folder) => return local(&folder.join(format!(".s.PGSQL.{}", self.port))).await,
            Place::Host(host, address) => (host, address),
        };
        let mut addresses: Vec<SocketAddr> = match address {
            Some(address) => vec![SocketAddr::new(*address, self.port)],
            None => lookup_host((host.as_str(), self.port)).await?.collect(),
        };
        if random {
            let random = RandomState::new();
            addresses.sort_by_key(|address| random.hash_one(address));
        }
        let mut failure = io::Error::new(io::ErrorKind::NotFound, "the host has no address");
        for address in addresses {
            match TcpStream::connect(address).await {
                Ok(stream) => {
                    stream.set_nodelay(true)?;
                    keepalive.set(&stream)?;
                    return Ok(Box::new(stream));
                }
                Err(error) => failure = error,
            }
        }
        Err(failure)
    }
}

impl Keepalive {
    fn set(&self, stream: &TcpStream) -> io::Result<()> {
        let socket = SockRef::from(stream);
        if self.on {
            let mut test = TcpKeepalive::new().with_time(self.idle.unwrap_or(IDLE));
            if let Some(interval) = self.interval {
                test = test.with_interval(interval);
            }
            if let Some(count) = self.count {
                test = test.with_retries(count);
            }
            socket.set_tcp_keepalive(&test)?;
        }
        #[cfg(target_os = "linux")]
        socket.set_tcp_user_timeout(self.patience)?;
        Ok(())
    }
}

#[cfg(unix)]
async fn local(path: &Path) -> io::Result<Box<dyn Stream>> {
    Ok(Box::new(tokio::net::UnixStream::connect(path).await?))
}

#[cfg(not(unix))]
async fn local(_path: &Path) -> io::Result<Box<dyn Stream>> {
    Err(io::Error::new(io::ErrorKind::Unsupported, "this system has no sockets in folders"))
}
