//! A database that keeps only the journal, in memory, and writes down what it is asked to do.

use std::collections::VecDeque;

use underpin_migrate::{Dialect, DriverError, Target, TargetFuture};

type Cells = Vec<Option<String>>;

/// A fake database with the journal of one, transactions, a lock, and statements that it refuses.
#[derive(Debug)]
pub(crate) struct Fake {
    dialect: Dialect,
    /// The rows of the journal: revision, checksum, started, finished, duration, version, who.
    pub(crate) journal: Option<Vec<Cells>>,
    before: Option<Option<Vec<Cells>>>,
    /// Everything that was done, the journal's statements by their first words.
    pub(crate) log: Vec<String>,
    /// Refuses every statement that contains this.
    pub(crate) refuse: Option<&'static str>,
    /// What the next attempts to take the lock answer; true when there are none left.
    pub(crate) lock: VecDeque<bool>,
    /// What another runner applies when a transaction begins, one for each.
    pub(crate) meanwhile: VecDeque<Cells>,
}

impl Fake {
    pub(crate) fn new(dialect: Dialect) -> Self {
        Self {
            dialect,
            journal: None,
            before: None,
            log: Vec::new(),
            refuse: None,
            lock: VecDeque::new(),
            meanwhile: VecDeque::new(),
        }
    }

    /// The revisions in the journal, with a question mark if they are not finished.
    pub(crate) fn applied(&self) -> Vec<String> {
        let rows = self.journal.iter().flatten();
        rows.map(|row| {
            let mark = if row[3].is_some() { "" } else { "?" };
            format!("{}{mark}", row[0].as_deref().unwrap_or_default())
        })
        .collect()
    }

    /// The log without what is not a statement of a revision or the end of a transaction.
    pub(crate) fn work(&self) -> Vec<&str> {
        let noise = ["SELECT", "CREATE TABLE IF NOT EXISTS"];
        self.log
            .iter()
            .map(String::as_str)
            .filter(|line| !noise.iter().any(|start| line.starts_with(start)))
            .collect()
    }

    fn run(&mut self, sql: &str) -> Result<(), DriverError> {
        self.log.push(sql.lines().next().unwrap_or_default().to_owned());
        if let Some(refused) = self.refuse.filter(|refused| sql.contains(refused)) {
            return Err(format!("the fake refuses {refused}").into());
        }
        if !sql.contains("underpin_revisions") {
            return Ok(());
        }
        // Every second piece between quotes is a literal.
        let literals: Vec<_> = sql.split('\'').skip(1).step_by(2).collect();
        let journal = self.journal.get_or_insert_default();
        let row = |journal: &mut Vec<Cells>| {
            journal.iter().position(|row| row[0].as_deref() == literals.last().copied()).ok_or("no such row")
        };
        if sql.starts_with("INSERT") {
            if journal.iter().any(|row| row[0].as_deref() == Some(literals[0])) {
                return Err("a row with that key is there".into());
            }
            journal.push(Self::row(literals[0], literals[1], false));
        } else if sql.starts_with("UPDATE") {
            let at = row(journal)?;
            journal[at][3] = (!sql.contains("finished_at = NULL")).then(|| "later".to_owned());
        } else if sql.starts_with("DELETE") {
            let at = row(journal)?;
            journal.remove(at);
        }
        Ok(())
    }

    /// A row of the journal.
    pub(crate) fn row(revision: &str, checksum: &str, finished: bool) -> Cells {
        let text = |text: &str| Some(text.to_owned());
        let finished = if finished { text("later") } else { None };
        vec![text(revision), text(checksum), text("now"), finished, None, text("test"), None]
    }

    fn answer(&mut self, sql: &str) -> Vec<Cells> {
        let one = |text: &str| vec![vec![Some(text.to_owned())]];
        match sql {
            _ if sql.contains("pg_try_advisory_lock") => {
                self.log.push("LOCK".to_owned());
                one(if self.lock.pop_front().unwrap_or(true) { "true" } else { "false" })
            }
            _ if sql.contains("pg_locks") => one("4711"),
            _ if sql.contains("quote_ident") => one("public"),
            _ if sql.contains("hashtext") => one("42"),
            _ if sql.contains("set_config") => one("SELECT set_config('search_path', 'public', false)"),
            _ if sql.contains("finished_at") => self.journal.clone().unwrap_or_default(),
            _ if self.journal.is_some() => one("underpin_revisions"),
            _ => Vec::new(),
        }
    }
}

impl Target for Fake {
    fn dialect(&self) -> Dialect {
        self.dialect
    }

    fn execute<'a>(&'a mut self, sql: &'a str) -> TargetFuture<'a, ()> {
        Box::pin(async move { self.run(sql) })
    }

    fn query<'a>(&'a mut self, sql: &'a str) -> TargetFuture<'a, Vec<Cells>> {
        Box::pin(async move { Ok(self.answer(sql)) })
    }

    fn begin(&mut self) -> TargetFuture<'_, ()> {
        Box::pin(async move {
            self.log.push("begin".to_owned());
            if let Some(row) = self.meanwhile.pop_front() {
                self.journal.get_or_insert_default().push(row);
            }
            match self.before.replace(self.journal.clone()) {
                None => Ok(()),
                Some(_) => Err("a transaction is open already".into()),
            }
        })
    }

    fn commit(&mut self) -> TargetFuture<'_, ()> {
        Box::pin(async move {
            self.log.push("commit".to_owned());
            self.before.take().map(drop).ok_or_else(|| "no transaction is open".into())
        })
    }

    fn rollback(&mut self) -> TargetFuture<'_, ()> {
        Box::pin(async move {
            self.log.push("rollback".to_owned());
            self.journal = self.before.take().ok_or("no transaction is open")?;
            Ok(())
        })
    }
}
