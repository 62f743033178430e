//! Several inserts as one statement: `WITH w1 AS (INSERT ..), w2 AS (INSERT ..) INSERT ..`.
//!
//! One aggregate and its events are then one message, and need neither BEGIN nor COMMIT. Foreign keys are checked at
//! the end of the whole statement, so the order of the inserts does not matter to them. It does to what looks at
//! other rows *while* a row is inserted, because the inserts of one statement do not see each other: triggers, rules
//! and row security. A table that has any of them is left to the pipeline.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::{Arc, PoisonError, RwLock};

use tokio_postgres::Client;
use tokio_postgres::types::Type;
use underpin_schema::TableDef;
use underpin_sql::{Shape, Statement, WriteKind, quote};

use crate::batch::{Group, Item, Refusal, check_param};
use crate::codec::Bind;
use crate::connection::PostgresConnection;
use crate::error;
use crate::statements::Sql;
use crate::write::Failure;

/// How many of the tables have something that looks at other rows while a row is inserted.
const WATCHED: &str = "\
SELECT count(*)
FROM unnest($1::text[]) AS given (name)
LEFT JOIN pg_catalog.pg_class c ON c.oid = to_regclass(given.name)
WHERE c.relkind IS DISTINCT FROM 'r' OR c.relhasrules OR c.relrowsecurity
   OR EXISTS (SELECT FROM pg_catalog.pg_trigger t WHERE t.tgrelid = c.oid AND NOT t.tgisinternal)";

/// The most inserts in one statement: an aggregate has few tables, and each combination is a statement of its own.
const MOST: usize = 4;

/// The most combinations that are kept; later ones go through the pipeline.
const LIMIT: usize = 256;

/// Combined statements, by the numbers of their parts.
#[derive(Default)]
pub(crate) struct Combinations(RwLock<HashMap<[u64; MOST], Arc<Combined>>>);

/// One combined statement.
pub(crate) struct Combined {
    /// Its text.
    pub(crate) statement: Statement,
    fit: AtomicU8,
}

const UNKNOWN: u8 = 0;
const FIT: u8 = 1;
const UNFIT: u8 = 2;

impl Combinations {
    /// The statement for a batch that is two to four inserts and nothing else.
    fn of(&self, groups: &[&Group<'_>]) -> Option<Arc<Combined>> {
        let plain = |group: &&Group<'_>| {
            group.write.kind == WriteKind::Insert
                && group.write.returning.is_empty()
                && !group.write.columns.is_empty()
        };
        if !(2..=MOST).contains(&groups.len()) || !groups.iter().all(plain) {
            return None;
        }
        let mut key = [u64::MAX; MOST];
        for (slot, group) in key.iter_mut().zip(groups) {
            *slot = group.statement.statement.id();
        }
        let known = self.0.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(found) = known.get(&key) {
            return (found.fit.load(Ordering::Relaxed) != UNFIT).then(|| Arc::clone(found));
        }
        drop(known);
        let mut known = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= LIMIT && !known.contains_key(&key) {
            return None;
        }
        let made = known.entry(key).or_insert_with(|| {
            let texts: Vec<(&str, usize)> = groups
                .iter()
                .map(|group| (group.statement.statement.text(), group.statement.params.len()))
                .collect();
            Arc::new(Combined {
                statement: Statement::new(combine(&texts), Vec::new()),
                fit: AtomicU8::new(UNKNOWN),
            })
        });
        Some(Arc::clone(made))
    }
}

impl Combined {
    /// Whether the tables are ones whose inserts need not see each other; asked once for each pool.
    async fn fits(&self, client: &Client, groups: &[&Group<'_>]) -> bool {
        match self.fit.load(Ordering::Relaxed) {
            FIT => return true,
            UNFIT => return false,
            _ => {}
        }
        let tables: Vec<String> = groups.iter().map(|group| qualified(group.write.table)).collect();
        let fit = match client.query_typed(WATCHED, &[(&tables, Type::TEXT_ARRAY)]).await {
            Ok(rows) => rows.first().and_then(|row| row.try_get::<usize, i64>(0).ok()) == Some(0),
            // Whatever is wrong, the statements one by one will tell.
            Err(_) => return false,
        };
        self.fit.store(if fit { FIT } else { UNFIT }, Ordering::Relaxed);
        fit
    }
}

fn qualified(table: &TableDef) -> String {
    match table.schema {
        Some(schema) => format!("{}.{}", quote(schema), quote(table.name)),
        None => quote(table.name),
    }
}

/// Composes the text; parameters are counted through.
fn combine(parts: &[(&str, usize)]) -> String {
    let mut text = String::new();
    let mut before = 0;
    for (index, (part, params)) in parts.iter().enumerate() {
        let last = index + 1 == parts.len();
        if !last {
            text.push_str(if index == 0 { "WITH " } else { ", " });
            text.push_str(&format!("w{} AS (", index + 1));
        } else if index > 0 {
            text.push(' ');
        }
        renumber(part, before, &mut text);
        text.push_str(if last { "" } else { ")" });
        before += params;
    }
    text
}

/// Copies a statement with its parameters moved up; what stands in double quotes is a name.
fn renumber(part: &str, by: usize, into: &mut String) {
    let mut rest = part;
    let mut quoted = false;
    while let Some(at) = rest.find(['"', '$']) {
        into.push_str(&rest[..=at]);
        let mark = rest.as_bytes().get(at).copied();
        rest = &rest[at + 1..];
        if mark == Some(b'"') {
            quoted = !quoted;
        } else if !quoted {
            let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
            match rest[..end].parse::<usize>() {
                Ok(number) => into.push_str(&(number + by).to_string()),
                Err(_) => into.push_str(&rest[..end]),
            }
            rest = &rest[end..];
        }
    }
    into.push_str(rest);
}

impl PostgresConnection {
    /// The combined statement of a batch, prepared, if the batch may be sent so.
    pub(crate) async fn combination(&mut self, items: &[Item<'_>]) -> Option<Arc<Combined>> {
        if !(2..=MOST).contains(&items.len()) {
            return None;
        }
        let groups: Vec<&Group<'_>> = items.iter().map(Item::group).collect::<Option<_>>()?;
        let combined = self.shared.combined.of(&groups)?;
        let sql = Sql::Fixed(&combined.statement);
        if self.session_mut().ok()?.statements.find(sql).is_some() {
            return Some(combined);
        }
        let client = &self.session().ok()?.client;
        if !combined.fits(client, &groups).await {
            return None;
        }
        if !self.shared.options.prepared_statements {
            return Some(combined);
        }
        self.shared.counters.round_trip();
        // What is wrong with it is better told by the statements one by one.
        let prepared = client.prepare(sql.text()).await.ok()?;
        let params =
            groups.iter().flat_map(|group| group.statement.params.iter().map(move |param| (group, param)));
        for ((group, param), pg) in params.zip(prepared.params()) {
            if group.statement.shape == Shape::One {
                check_param(group.write.table, param, pg).ok()?;
            }
        }
        let limit = self.shared.options.statement_cache;
        self.session_mut().ok()?.statements.keep(sql, prepared, limit);
        Some(combined)
    }

    /// Sends a combined statement; it is a transaction of its own.
    pub(crate) async fn run_combined(
        &mut self,
        combined: &Combined,
        items: &[Item<'_>],
    ) -> Result<(), Failure> {
        let params: Vec<Bind<'_>> = items.iter().filter_map(Item::group).flat_map(Group::params).collect();
        let sql = Sql::Fixed(&combined.statement);
        let handle = self.handle_of(sql);
        self.shared.counters.statements(1);
        self.shared.counters.round_trip();
        let failure = match self.session() {
            Ok(session) => match handle.execute(&session.client, params.into_iter()).await {
                Ok(()) => return Ok(()),
                Err(error) => error,
            },
            Err(error) => return Err(Failure { error, outdated: false, ended: true }),
        };
        if error::is_outdated(&failure)
            && let Ok(session) = self.session_mut()
        {
            session.statements.forget(sql);
        }
        // The failure does not say which insert it was, but a broken constraint names its table.
        let named = failure.as_db_error().and_then(|refused| refused.table().map(str::to_owned));
        let item = named.and_then(|named| {
            items.iter().find(|item| item.group().is_some_and(|group| group.write.table.name == named))
        });
        let attempted = match item {
            Some(item) => item.attempted(),
            None => items.iter().map(Item::attempted).collect::<Vec<_>>().join(", "),
        };
        Err(self.explain(Refusal::Driver(failure), attempted, item, items, true))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_are_counted_through() {
        let one = r#"INSERT INTO "a$1" ("x") VALUES ($1)"#;
        let many = r#"INSERT INTO "b" ("y", "z") SELECT i.c0, i.c1 FROM unnest($1::int4[], $2::text[]) AS i(c0, c1)"#;
        assert_eq!(
            combine(&[(one, 1), (many, 2), (one, 1)]),
            r#"WITH w1 AS (INSERT INTO "a$1" ("x") VALUES ($1)), w2 AS (INSERT INTO "b" ("y", "z") SELECT i.c0, i.c1 FROM unnest($2::int4[], $3::text[]) AS i(c0, c1)) INSERT INTO "a$1" ("x") VALUES ($4)"#
        );
    }
}
