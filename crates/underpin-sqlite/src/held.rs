//! Rows that take longer to decode than to read: held in portions where SQLite runs, decoded by the caller beside it.

use tokio::sync::mpsc;
use underpin_core::{Error, Result};
use underpin_sql::driver::Receive;

use crate::batch::{PORTION, ROOM};
use crate::codec::{Arena, RowCells};
use crate::connection::SqliteConnection;
use crate::fetch::Read;
use crate::thread::lost;

/// How many portions may wait for the caller; SQLite waits once there are as many.
const AHEAD: usize = 4;

impl SqliteConnection {
    /// Reads rows on SQLite's thread and decodes them on this one.
    pub(crate) async fn fetch_held(
        &mut self,
        read: Read,
        arena: Arena,
        mut rows: Box<dyn Receive>,
    ) -> Result<Box<dyn Receive>> {
        let (table, types) = (read.table, read.types.clone());
        let (portions, mut full) = mpsc::channel(AHEAD);
        let answer = self.start(arena, move |session, state, arena| {
            let mut held = Arena::default();
            let mut hold = |cells: &RowCells<'_>| {
                cells.hold(&mut held).map_err(|why| Error::value(table.name, "that is read", why))?;
                if held.len() >= PORTION {
                    let portion = std::mem::replace(&mut held, Arena::with_capacity(ROOM));
                    // Nobody takes it if a row of an earlier one could not be decoded.
                    portions.blocking_send(portion).map_err(|_| lost())?;
                }
                Ok(())
            };
            read.run(session, state, arena, &mut |_, cells| hold(cells))??;
            Ok(held)
        })?;
        let mut decode = |held: &Arena| held.rows(types.len(), |row| rows.row(&RowCells::new(row, &types)));
        let mut decoded = Ok(());
        while decoded.is_ok()
            && let Some(held) = full.recv().await
        {
            decoded = decode(&held);
        }
        drop(full);
        let last = self.finish(answer).await;
        decoded?;
        decode(&last?)?;
        Ok(rows)
    }
}
