//! The distance to the server: a proxy whose delay is set so that a round trip takes half a millisecond more than without it.

use std::time::{Duration, Instant};

use crate::failure::Result;
use crate::measure::median;
use crate::proxy::Proxy;
use crate::stage::{PostgresDatabase, PostgresStore};

/// What a whole round trip gains.
const WANTED: f64 = 500e-6;
/// How many round trips each measurement takes.
const PINGS: usize = 300;

/// A proxy, and what was measured of it.
pub(crate) struct Distance {
    proxy: Proxy,
    /// Seconds of an empty round trip, directly and through the proxy.
    pub(crate) direct: f64,
    pub(crate) through: f64,
}

impl Distance {
    /// Starts a proxy. The hops through it take time of their own, so it is measured and started anew with less delay.
    pub(crate) async fn set_up(database: &PostgresDatabase) -> Result<Self> {
        let direct = round_trip(&database.url()).await?;
        let mut delay = WANTED;
        let mut proxy = Proxy::start(database.address(), Duration::from_secs_f64(delay))?;
        let mut through = round_trip(&database.url_through(proxy.port)).await?;
        for _ in 0..2 {
            delay = (delay - (through - direct - WANTED)).clamp(0.0, WANTED);
            proxy = Proxy::start(database.address(), Duration::from_secs_f64(delay))?;
            through = round_trip(&database.url_through(proxy.port)).await?;
        }
        Ok(Self { proxy, direct, through })
    }

    /// The URL of the database by way of the proxy.
    pub(crate) fn url(&self, database: &PostgresDatabase) -> String {
        database.url_through(self.proxy.port)
    }
}

/// The median of empty queries, one after the other.
async fn round_trip(url: &str) -> Result<f64> {
    let mut store = PostgresStore::open(url).await?;
    let mut seconds = Vec::with_capacity(PINGS);
    for _ in 0..PINGS {
        let start = Instant::now();
        store.ping().await?;
        seconds.push(start.elapsed().as_secs_f64());
    }
    Ok(median(&seconds))
}
