//! What a database driver implements: [`Driver`] is a pool, [`Connection`] is one checked-out connection.

mod connection;
mod counters;
mod journal;
mod observed;
mod options;
mod pool_options;
mod position;
mod receive;
mod transaction;
mod url;

pub use connection::{Access, Batch, Connection, Driver, PoolStatus, RowStream, Step};
pub use counters::Counters;
pub use journal::{Journal, Listening};
pub use observed::{Description, Observed};
pub use options::ConnectOptions;
pub use pool_options::PoolOptions;
pub use position::Position;
pub use receive::{Collect, Receive, decode};
pub use transaction::{Isolation, TransactionOptions};
pub use url::percent_decode;
