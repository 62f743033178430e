//! How far the server has come in its log.

use underpin_core::Result;
use underpin_sql::driver::Position;

use crate::connection::PostgresConnection;

/// Of the server itself what is written, whether it has reached the disk or not; of a standby what it shows.
const POSITION: &str = "\
SELECT CASE WHEN pg_catalog.pg_is_in_recovery() THEN pg_catalog.pg_last_wal_replay_lsn()
    ELSE pg_catalog.pg_current_wal_insert_lsn() END::text";

impl PostgresConnection {
    /// Asks the server.
    pub(crate) async fn fetch_position(&mut self) -> Result<Position> {
        let rows = self.fetch_texts(POSITION, &[]).await?;
        let text = rows.into_iter().flatten().flatten().next();
        text.map_or(Ok(Position::UNKNOWN), |text| text.parse())
    }
}
