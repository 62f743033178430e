//! Several writes as one statement: `WITH w1 AS (UPDATE ..), w2 AS (INSERT ..) SELECT ..`.
//!
//! One aggregate and its events are then one message, and need neither BEGIN nor COMMIT. The parts of one statement do
//! not see each other, so a batch goes this way only where that makes no difference: no row is written twice, and no
//! table has anything that looks at other rows *while* one is written (triggers, rules, row security) or writes other
//! rows in its wake (actions of foreign keys). Foreign keys themselves are checked at the end of the whole statement.
//! What the server refuses is tried once more one by one, in the order of the batch, which then tells what it was.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU8, AtomicU32, Ordering};
use std::sync::{Arc, OnceLock, PoisonError, RwLock};

use underpin_core::ColumnType;
use underpin_schema::TableDef;
use underpin_sql::{Bound, Param, Shape, Statement, WriteKind, WriteStatement, combine, quote};
use underpin_wire::Connection;

use crate::batch::{Group, Item, Refusal, check_param};
use crate::codec::{Bind, Binds};
use crate::connection::PostgresConnection;
use crate::error;
use crate::fetch::{counted, prepare};
use crate::statements::Sql;
use crate::write::{Failure, LARGE};

/// How many of the tables have something that looks at other rows while one is written, or writes others.
const WATCHED: &str = "\
SELECT count(*)
FROM unnest($1::text[], $2::bool[], $3::bool[]) AS given (name, updated, deleted)
LEFT JOIN pg_catalog.pg_class c ON c.oid = to_regclass(given.name)
WHERE c.relkind IS DISTINCT FROM 'r' OR c.relhasrules OR c.relrowsecurity
   OR EXISTS (SELECT FROM pg_catalog.pg_trigger t WHERE t.tgrelid = c.oid AND NOT t.tgisinternal)
   OR EXISTS (
       SELECT FROM pg_catalog.pg_constraint f
       WHERE f.confrelid = c.oid AND f.contype = 'f'
         AND (given.deleted AND f.confdeltype IN ('c', 'n', 'd')
           OR given.updated AND f.confupdtype IN ('c', 'n', 'd') AND NOT EXISTS (
               SELECT FROM pg_catalog.pg_index i WHERE i.indexrelid = f.conindid AND i.indisprimary)))";

/// The most writes in one statement: each combination is a statement of its own. An aggregate of three tables of which
/// parts come, change and go takes five, and its events one more.
const MOST: usize = 6;

/// The most combinations that are kept; later ones go through the pipeline.
const LIMIT: usize = 256;

/// How often a combination with an update or delete has to come before it is worth a statement of its own: unlike
/// inserts, these come with any set of columns.
const OFTEN: u32 = 3;

/// Combined statements, by the numbers of their parts.
#[derive(Default)]
pub(crate) struct Combinations(RwLock<HashMap<[u64; MOST], Arc<Combined>>>);

/// One combined statement.
#[derive(Default)]
pub(crate) struct Combined {
    statement: OnceLock<Statement>,
    seen: AtomicU32,
    fit: AtomicU8,
}

const FIT: u8 = 1;
const UNFIT: u8 = 2;

impl Combinations {
    /// The statement for a batch that consists of a few writes whose order does not matter.
    fn of(&self, groups: &[&Group<'_>]) -> Option<Arc<Combined>> {
        if !combinable(groups) {
            return None;
        }
        let mut key = [u64::MAX; MOST];
        for (slot, group) in key.iter_mut().zip(groups) {
            *slot = group.statement.statement.id();
        }
        let known = self.0.read().unwrap_or_else(PoisonError::into_inner).get(&key).map(Arc::clone);
        let combined = match known {
            Some(known) => known,
            None => {
                let mut known = self.0.write().unwrap_or_else(PoisonError::into_inner);
                if known.len() >= LIMIT && !known.contains_key(&key) {
                    return None;
                }
                Arc::clone(known.entry(key).or_default())
            }
        };
        if combined.fit.load(Ordering::Relaxed) == UNFIT {
            return None;
        }
        let inserts_alone = groups.iter().all(|group| group.write.kind == WriteKind::Insert);
        if !inserts_alone && combined.statement.get().is_none() {
            let seen = combined.seen.fetch_add(1, Ordering::Relaxed) + 1;
            if seen < OFTEN {
                return None;
            }
        }
        Some(combined)
    }
}

/// Whether the writes give nothing back, are few and small, and write no row twice: the extra update that breaks a
/// circle of dependencies stands before a delete, behind an insert, or beside another update of its table.
fn combinable(groups: &[&Group<'_>]) -> bool {
    let rank = |kind: WriteKind| match kind {
        WriteKind::Delete => 0,
        WriteKind::Update => 1,
        WriteKind::Insert => 2,
    };
    let plain = |group: &&Group<'_>| {
        let write = group.write;
        write.returning.is_empty()
            && (write.kind != WriteKind::Insert || !write.columns.is_empty())
            && write.rows.len() < LARGE
    };
    let once = groups.iter().enumerate().all(|(index, group)| {
        let same = |other: &&Group<'_>| {
            other.write.kind == group.write.kind && std::ptr::eq(other.write.table, group.write.table)
        };
        group.write.kind == WriteKind::Insert || !groups[..index].iter().any(same)
    });
    (2..=MOST).contains(&groups.len())
        && groups.iter().all(plain)
        && groups.is_sorted_by_key(|group| rank(group.write.kind))
        && once
}

impl Combined {
    fn statement(&self, groups: &[&Group<'_>]) -> &Statement {
        self.statement.get_or_init(|| {
            let parts: Vec<&WriteStatement> = groups.iter().map(|group| &*group.statement).collect();
            Statement::new(combine(&parts), Vec::new())
        })
    }

    /// Whether the tables are ones whose writes need not see each other; asked once for each pool.
    async fn fits(&self, client: &mut Connection, groups: &[&Group<'_>]) -> bool {
        match self.fit.load(Ordering::Relaxed) {
            FIT => return true,
            UNFIT => return false,
            _ => {}
        }
        let Some(first) = groups.first() else { return false };
        let tables: Vec<Param> =
            groups.iter().map(|group| Param::new(qualified(group.write.table))).collect();
        let of = |kind| groups.iter().map(|group| Param::new(group.write.kind == kind)).collect::<Vec<_>>();
        let (updated, deleted) = (of(WriteKind::Update), of(WriteKind::Delete));
        let asked = [(&tables, ColumnType::Text), (&updated, ColumnType::Bool), (&deleted, ColumnType::Bool)];
        let asked = asked.map(|(list, ty)| Bind::bound(first.write.table, &Bound::Array(list, ty, None)));
        let Ok(ticket) = client.execute_unnamed(WATCHED, &Binds(&asked)) else { return false };
        // Whatever is wrong, the statements one by one will tell.
        let Ok(count) = counted(client, ticket).await else { return false };
        let fit = count == Some(0);
        self.fit.store(if fit { FIT } else { UNFIT }, Ordering::Relaxed);
        fit
    }
}

/// The name of a table with its schema, quoted.
pub(crate) fn qualified(table: &TableDef) -> String {
    match table.schema {
        Some(schema) => format!("{}.{}", quote(schema), quote(table.name)),
        None => quote(table.name),
    }
}

impl PostgresConnection {
    /// The combined statement of a batch, prepared, if the batch may be sent so.
    pub(crate) async fn combination(&mut self, items: &[Item<'_>]) -> Option<Arc<Combined>> {
        if !(2..=MOST).contains(&items.len()) {
            return None;
        }
        let groups: Vec<&Group<'_>> = items.iter().map(Item::group).collect::<Option<_>>()?;
        let combined = self.shared.combined.of(&groups)?;
        let sql = Sql::Fixed(combined.statement(&groups));
        if self.session().ok()?.statements.find(sql).is_some() {
            return Some(combined);
        }
        if !combined.fits(self.client().ok()?, &groups).await {
            return None;
        }
        if !self.shared.options.prepared_statements {
            return Some(combined);
        }
        self.shared.counters.round_trip();
        // What is wrong with it is better told by the statements one by one.
        let prepared = prepare(self.client().ok()?, sql.text()).await.ok()?;
        let params =
            groups.iter().flat_map(|group| group.statement.params.iter().map(move |param| (group, param)));
        for ((group, param), pg) in params.zip(prepared.params()) {
            if group.statement.shape == Shape::One {
                check_param(group.write.table, param, pg).ok()?;
            }
        }
        let limit = self.shared.options.statement_cache;
        self.session().ok()?.statements.keep(sql, prepared, limit);
        Some(combined)
    }

    /// Sends a combined statement; it is a transaction of its own. Gives whether it is done: if not, nothing of it has
    /// remained, and the statements one by one tell why.
    pub(crate) async fn run_combined(
        &mut self,
        combined: &Combined,
        items: &[Item<'_>],
    ) -> Result<bool, Failure> {
        let groups: Vec<&Group<'_>> = items.iter().filter_map(Item::group).collect();
        let params: Vec<Bind<'_>> = groups.iter().copied().flat_map(Group::params).collect();
        let sql = Sql::Fixed(combined.statement(&groups));
        let handle = self.handle_of(sql);
        self.shared.counters.statements(1);
        self.shared.counters.round_trip();
        let client = match self.client() {
            Ok(client) => client,
            Err(error) => return Err(Failure { error, outdated: false, ended: true }),
        };
        let answered = match handle.ask(client, &params) {
            Ok(ticket) => client.done(ticket).await,
            Err(error) => Err(error),
        };
        let Err(failure) = answered else { return Ok(true) };
        if error::is_of_the_data(&failure) {
            return Ok(false);
        }
        if error::is_outdated(&failure)
            && let Ok(session) = self.session()
        {
            session.statements.forget(sql);
        }
        let attempted = items.iter().map(Item::attempted).collect::<Vec<_>>().join(", ");
        Err(self.explain(Refusal::Driver(failure), attempted, None, items, true))
    }
}
