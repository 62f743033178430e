//! Looks on a second connection who is in the way while a statement waits on the first.

use std::pin::pin;
use std::time::Duration;

use tokio::time::{Instant, timeout};

use super::mask::masked;
use super::report::Holder;
use super::target::{Observer, Target};
use super::{database_error, first_cell};
use crate::{Dialect, Result};

const OWN_PROCESS: &str = "
SELECT CAST(pg_backend_pid() AS text)";

const IN_THE_WAY: &str = "
SELECT CAST(pid AS text), query,
       CAST(CAST(extract(epoch FROM clock_timestamp() - coalesce(xact_start, backend_start)) AS bigint) AS text),
       application_name
FROM pg_catalog.pg_stat_activity
WHERE pid = ANY (pg_blocking_pids({pid}))
ORDER BY xact_start
LIMIT 1";

/// How long a statement runs before it is looked who is in its way; no later than a third of its patience.
const FIRST_LOOK: Duration = Duration::from_millis(150);

/// How long until the next look.
const NEXT_LOOK: Duration = Duration::from_secs(1);

/// How long a look may take.
const LOOKING: Duration = Duration::from_secs(2);

/// Who was in the way of the statement that ran last.
pub(crate) struct Watch {
    observer: Option<Box<dyn Observer>>,
    question: String,
    first_look: Duration,
    pub(crate) holder: Option<Holder>,
}

impl Watch {
    pub(crate) async fn of(target: &mut dyn Target, lock_timeout: Duration) -> Result<Self> {
        let observer = match target.dialect() {
            Dialect::Postgres => target.observer(),
            Dialect::Sqlite => None,
        };
        let mut question = String::new();
        if observer.is_some() {
            let failed = |error| database_error("the session could not be asked for its number", error);
            let pid = first_cell(target.query(OWN_PROCESS.trim_start()).await.map_err(failed)?);
            question = IN_THE_WAY.trim_start().replace("{pid}", &pid.unwrap_or_default());
        }
        Ok(Self { observer, question, first_look: FIRST_LOOK.min(lock_timeout / 3), holder: None })
    }

    /// Waits for a statement, and tells while it waits who is in its way.
    pub(crate) async fn during<T>(
        &mut self,
        statement: impl Future<Output = T>,
        tell: impl Fn(&Holder, Duration),
    ) -> T {
        self.holder = None;
        if self.observer.is_none() {
            return statement.await;
        }
        let began = Instant::now();
        let mut statement = pin!(statement);
        let mut pause = self.first_look;
        loop {
            if let Ok(done) = timeout(pause, statement.as_mut()).await {
                return done;
            }
            self.look().await;
            if let Some(holder) = &self.holder {
                tell(holder, began.elapsed());
            }
            pause = NEXT_LOOK;
        }
    }

    /// Keeps who is in the way; the last one who was, if nobody is now. A second connection that fails is given up.
    async fn look(&mut self) {
        let Some(observer) = &mut self.observer else { return };
        match timeout(LOOKING, observer.query(&self.question)).await {
            Ok(Ok(rows)) => {
                if let Some(row) = rows.into_iter().next() {
                    self.holder = Some(holder_of_row(row));
                }
            }
            Ok(Err(_)) | Err(_) => self.observer = None,
        }
    }
}

/// Reads process, query, age in seconds and application.
pub(crate) fn holder_of_row(row: Vec<Option<String>>) -> Holder {
    let mut cells = row.into_iter().map(|cell| cell.filter(|text| !text.is_empty()));
    let mut next = || cells.next().flatten();
    Holder {
        pid: next().and_then(|pid| pid.parse().ok()),
        query: next().map(|query| masked(&query)),
        age: next().and_then(|seconds| seconds.parse().ok()).map(Duration::from_secs),
        application: next(),
    }
}
