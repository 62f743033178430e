//! SQL of the program's own: scripts for migrations, and statements whose rows are read as text.

use rusqlite::fallible_iterator::FallibleIterator;
use rusqlite::types::ValueRef;
use rusqlite::{Batch, Row};
use underpin_core::{ColumnType, Encoder, Error, Result};
use underpin_sql::driver::{Description, Observed};

use crate::codec::{Arena, CellEncoder};
use crate::connect::Session;
use crate::connection::SqliteConnection;
use crate::error::{Attempt, failed};
use crate::transaction::State;

type Texts = Vec<Vec<Option<String>>>;

impl SqliteConnection {
    pub(crate) async fn run_script(&mut self, sql: &str) -> Result<()> {
        let text = sql.to_owned();
        let arena = self.buffer();
        // A script may hold literals, so that its text is not told.
        self.run_own("SCRIPT", "", arena, move |session, _| execute_all(session, &text)).await
    }

    pub(crate) async fn run_texts(&mut self, sql: &str, params: &[Option<&str>]) -> Result<Texts> {
        let text = sql.to_owned();
        let count = params.len();
        let mut arena = self.buffer();
        for param in params {
            let mut cell = CellEncoder::new(&mut arena, ColumnType::Text);
            let encoded = if let Some(text) = param { cell.text(text) } else { cell.null() };
            encoded.map_err(|why| {
                Error::usage(format!("a parameter cannot be bound: {why}"), "take the character out")
            })?;
        }
        self.run_own("TEXTS", sql, arena, move |session, arena| read_texts(session, &text, arena, count))
            .await
    }

    /// Runs work in the transaction if there is one, and keeps it from writing where only reading was asked for.
    async fn run_own<T: Send + 'static>(
        &mut self,
        operation: &'static str,
        sql: &str,
        arena: Arena,
        work: impl FnOnce(&mut Session, &Arena) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        self.check_usable()?;
        let observed = Observed::start(self.slow());
        let guard = self.must_guard();
        self.touch();
        self.count(1);
        let answer = self.start(arena, move |session, state: &mut State, arena| {
            state.enter(session)?;
            let done = if guard && !session.reads_only() {
                session.guarded(|session| work(session, arena))
            } else {
                work(session, arena)
            };
            match &done {
                Ok(_) => state.follow(session),
                Err(_) => state.fail(session),
            }
            session.stop_clock();
            done
        })?;
        let done = self.finish(answer).await;
        self.observed(observed, &done, || Description::one(operation, "", sql));
        done
    }
}

/// Executes every statement of a script; rows are read and thrown away.
fn execute_all(session: &Session, sql: &str) -> Result<()> {
    let mut number = 0;
    let mut statements = Batch::new(&session.db, sql);
    let mut step = || -> rusqlite::Result<bool> {
        number += 1;
        session.start_clock();
        let Some(mut statement) = statements.next()? else { return Ok(false) };
        let mut rows = statement.raw_query();
        while rows.next()?.is_some() {}
        Ok(true)
    };
    loop {
        match step() {
            Ok(true) => {}
            Ok(false) => return Ok(()),
            Err(why) => {
                return Err(failed(why, Attempt::Script).context(format!("statement {number} of the script")));
            }
        }
    }
}

fn read_texts(session: &Session, sql: &str, arena: &Arena, count: usize) -> Result<Texts> {
    let wrong = |why| failed(why, Attempt::Script);
    session.start_clock();
    // Not kept: some PRAGMAs do their work while they are prepared.
    let mut statement = session.db.prepare(sql).map_err(wrong)?;
    if statement.parameter_count() != count {
        return Err(Error::usage(
            format!("the statement has {} parameters, {count} are given", statement.parameter_count()),
            "give one value for each parameter",
        ));
    }
    arena.bind(0, count, &mut statement).map_err(wrong)?;
    let columns = statement.column_count();
    let mut rows = statement.raw_query();
    let mut texts = Vec::new();
    while let Some(row) = rows.next().map_err(wrong)? {
        texts.push((0..columns).map(|position| cell_text(row, position)).collect::<Result<_>>()?);
    }
    Ok(texts)
}

fn cell_text(row: &Row<'_>, position: usize) -> Result<Option<String>> {
    Ok(match row.get_ref(position).map_err(|why| failed(why, Attempt::Script))? {
        ValueRef::Null => None,
        ValueRef::Integer(value) => Some(value.to_string()),
        ValueRef::Real(value) => Some(format!("{value:?}")),
        ValueRef::Text(text) => Some(String::from_utf8_lossy(text).into_owned()),
        ValueRef::Blob(bytes) => Some(bytes.iter().map(|byte| format!("{byte:02x}")).collect()),
    })
}
