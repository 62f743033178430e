//! A database that keeps only the journal, in memory, and writes down what it is asked to do.

use std::collections::VecDeque;

use underpin_migrate::{Dialect, DriverError, Target, TargetFuture};

const COLUMNS: [&str; 12] = [
    "revision",
    "checksum",
    "state",
    "statements_done",
    "statements_total",
    "prefix",
    "cursor",
    "started_at",
    "finished_at",
    "duration_ms",
    "tool_version",
    "applied_by",
];

type Cells = Vec<Option<String>>;

/// A fake database with the journal of one, transactions, a lock, and statements that it refuses.
#[derive(Debug)]
pub(crate) struct Fake {
    dialect: Dialect,
    /// The rows of the journal.
    pub(crate) journal: Option<Vec<Cells>>,
    before: Option<Option<Vec<Cells>>>,
    /// Everything that was done, the journal's statements by their first words.
    pub(crate) log: Vec<String>,
    /// Refuses every statement that contains this.
    pub(crate) refuse: Option<&'static str>,
    /// What the next attempts to take the lock answer; true when there are none left.
    pub(crate) lock: VecDeque<bool>,
    /// What another runner applies when this one has taken the lock.
    pub(crate) meanwhile: Vec<Cells>,
    /// What the catalog says of an index that is looked for: valid, name, process that builds it.
    pub(crate) leftovers: VecDeque<Cells>,
    /// The columns of the journal.
    pub(crate) columns: Vec<&'static str>,
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
            meanwhile: Vec::new(),
            leftovers: VecDeque::new(),
            columns: COLUMNS.to_vec(),
        }
    }

    /// The revisions in the journal, with a question mark if they are not finished.
    pub(crate) fn applied(&self) -> Vec<String> {
        let rows = self.journal.iter().flatten();
        rows.map(|row| {
            let mark = if row[8].is_some() { "" } else { "?" };
            format!("{}{mark}", row[0].as_deref().unwrap_or_default())
        })
        .collect()
    }

    /// The log without what is not a statement of a revision or the end of a transaction.
    pub(crate) fn work(&self) -> Vec<&str> {
        let noise = ["SELECT", "SET lock_timeout", "CREATE TABLE IF NOT EXISTS"];
        self.log
            .iter()
            .map(String::as_str)
            .filter(|line| !noise.iter().any(|start| line.starts_with(start)))
            .collect()
    }

    fn run(&mut self, sql: &str) -> Result<(), DriverError> {
        let mut lines = sql.lines();
        let mut line = lines.next().unwrap_or_default().to_owned();
        if sql.contains("underpin_revisions") && !sql.starts_with("CREATE") {
            // Of a change of the journal, what it is about.
            line = line.split(" (").next().unwrap_or_default().to_owned();
            let state = ["'applied'", "'upgrading'", "'downgrading'", "'stamped'", "prefix", "cursor"];
            let state = state.into_iter().find(|state| sql.contains(state)).unwrap_or_default();
            line = format!("{line} {state}").trim_end().to_owned();
        }
        self.log.push(line);
        if let Some(refused) = self.refuse.filter(|refused| sql.contains(refused)) {
            return Err(format!("the fake refuses {refused}").into());
        }
        if !sql.contains("underpin_revisions") {
            return Ok(());
        }
        // Every second piece between quotes is a literal; the last of a change is the revision.
        let literals: Vec<_> = sql.split('\'').skip(1).step_by(2).collect();
        let journal = self.journal.get_or_insert_default();
        if sql.starts_with("CREATE") {
            return Ok(());
        }
        if sql.starts_with("INSERT") {
            let text = |text: &str| Some(text.to_owned());
            if sql.contains("ON CONFLICT") {
                journal.retain(|row| row[0].as_deref() != Some(literals[0]));
                journal.push(Self::row(literals[0], literals[1], "stamped"));
                return Ok(());
            }
            if journal.iter().any(|row| row[0].as_deref() == Some(literals[0])) {
                return Err("a row with that key is there".into());
            }
            let mut row = Self::row(literals[0], literals[1], literals[2]);
            let mut numbers = sql.split(literals[2]).last().unwrap().split(", ").skip(1);
            row[3] = numbers.next().and_then(text);
            row[4] = numbers.next().and_then(text);
            journal.push(row);
            return Ok(());
        }
        let at = journal.iter().position(|row| row[0].as_deref() == literals.last().copied());
        let at = at.ok_or("no such row")?;
        if sql.starts_with("DELETE") {
            journal.remove(at);
            return Ok(());
        }
        let set = |name: &str| {
            let value = sql.split(&format!(" {name} = ")).nth(1)?.split([',', '\n']).next()?;
            Some((value != "NULL").then(|| value.trim_matches('\'').to_owned()))
        };
        let names = [
            "revision",
            "checksum",
            "state",
            "statements_done",
            "statements_total",
            "prefix",
            "cursor",
            "",
            "finished_at",
        ];
        for (index, name) in names.into_iter().enumerate().skip(1) {
            if let Some(value) = set(name) {
                journal[at][index] = value;
            }
        }
        Ok(())
    }

    /// A row of the journal.
    pub(crate) fn row(revision: &str, checksum: &str, state: &str) -> Cells {
        let text = |text: &str| Some(text.to_owned());
        let finished = if state.ends_with("ing") { None } else { text("later") };
        vec![
            text(revision),
            text(checksum),
            text(state),
            text("0"),
            text("0"),
            None,
            None,
            text("now"),
            finished,
            None,
            text("test"),
            None,
        ]
    }

    fn overtake(&mut self, is_free: bool) {
        if is_free && !self.meanwhile.is_empty() {
            self.journal.get_or_insert_default().append(&mut self.meanwhile);
        }
    }

    fn answer(&mut self, sql: &str) -> Vec<Cells> {
        let one = |text: &str| vec![vec![Some(text.to_owned())]];
        match sql {
            _ if sql.contains("pg_try_advisory_lock") => {
                self.log.push("LOCK".to_owned());
                let is_free = self.lock.pop_front().unwrap_or(true);
                self.overtake(is_free);
                vec![vec![Some(is_free.to_string()), Some("42".to_owned())]]
            }
            _ if sql.contains("pg_locks") => {
                vec![vec![Some("4711".to_owned()), Some("SELECT 'a'".to_owned()), Some("3".to_owned()), None]]
            }
            _ if sql.contains("pg_index") => self.leftovers.pop_front().into_iter().collect(),
            _ if sql.contains("pragma_database_list") => {
                self.overtake(true);
                one("")
            }
            _ if sql.contains("pg_attribute") || sql.contains("pragma_table_info") => {
                let columns = self.journal.iter().flat_map(|_| &self.columns);
                columns.map(|column| vec![Some((*column).to_owned())]).collect()
            }
            _ if sql.contains("quote_ident(current") => one("public"),
            _ if sql.contains("set_config") => {
                let restore = Some("SELECT set_config('search_path', 'public', false)".to_owned());
                vec![vec![restore.clone(), restore]]
            }
            _ if sql.contains("finished_at") => self.journal.clone().unwrap_or_default(),
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
