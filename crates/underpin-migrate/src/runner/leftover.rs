//! Finds out what an earlier attempt at a statement has left behind, and clears it away.

use super::target::Target;
use crate::journal::literal;
use crate::plan::Leftover;
use crate::{Dialect, DriverError};

// The words in braces are literals that hold names as they stand in the statement.

const INDEX: &str = "
SELECT CAST(indexes.indisvalid AS text),
       quote_ident(namespaces.nspname) || '.' || quote_ident(relations.relname),
       (SELECT CAST(min(builds.pid) AS text)
        FROM pg_catalog.pg_stat_progress_create_index AS builds
        WHERE builds.index_relid = indexes.indexrelid AND builds.datname = current_database())
FROM pg_catalog.pg_index AS indexes
JOIN pg_catalog.pg_class AS relations ON relations.oid = indexes.indexrelid
JOIN pg_catalog.pg_namespace AS namespaces ON namespaces.oid = relations.relnamespace
WHERE indexes.indrelid = to_regclass({table}) AND relations.relname = (parse_ident({index}))[1]";

const IS_THERE: &str = "
SELECT CAST(to_regclass({index}) AS text)";

const COPIES: &str = "
SELECT quote_ident(namespaces.nspname) || '.' || quote_ident(relations.relname)
FROM pg_catalog.pg_index AS indexes
JOIN pg_catalog.pg_class AS relations ON relations.oid = indexes.indexrelid
JOIN pg_catalog.pg_namespace AS namespaces ON namespaces.oid = relations.relnamespace
WHERE NOT indexes.indisvalid AND relations.relname ~ '_cc(new|old)[0-9]*$' AND {which}
  AND NOT EXISTS (SELECT
                  FROM pg_catalog.pg_stat_progress_create_index AS builds
                  WHERE builds.index_relid = indexes.indexrelid AND builds.datname = current_database())
ORDER BY 1";

const COPIES_OF_INDEX: &str = "indexes.indrelid = (SELECT originals.indrelid FROM pg_catalog.pg_index AS originals \
                               WHERE originals.indexrelid = to_regclass({index})) \
                               AND starts_with((SELECT CAST(originals.relname AS text) FROM pg_catalog.pg_class AS originals \
                               WHERE originals.oid = to_regclass({index})), \
                               regexp_replace(relations.relname, '_cc(new|old)[0-9]*$', ''))";

const COPIES_OF_TABLE: &str = "indexes.indrelid = to_regclass({table})";

const PARTITION: &str = "
SELECT CAST(inhdetachpending AS text)
FROM pg_catalog.pg_inherits
WHERE inhparent = to_regclass({parent}) AND inhrelid = to_regclass({partition})";

/// What is to be done with a statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// It is to be run, once these have run.
    Run(Vec<Cleaning>),
    /// It had been done already, or is when these have run.
    Done(Vec<Cleaning>),
    /// Another session, of this process, is at it.
    InUse { what: String, pid: String },
}

/// A statement that clears something away, and what to tell about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Cleaning {
    pub(crate) sql: String,
    pub(crate) what: String,
}

/// Looks what an earlier attempt has left. `attempted` says that an earlier run may have done the statement without
/// having been able to write it down.
pub(crate) async fn judge(
    target: &mut dyn Target,
    leftover: &Leftover,
    attempted: bool,
) -> Result<Verdict, DriverError> {
    match leftover {
        Leftover::Index { index, table } => {
            let index = index.as_deref().unwrap_or_default();
            let rows = target.query(&fill(INDEX, &[("index", index), ("table", table)])).await?;
            let Some(mut cells) = rows.into_iter().next().map(Vec::into_iter) else {
                return Ok(Verdict::Run(Vec::new()));
            };
            let is_valid = cells.next().flatten().as_deref() == Some("true");
            let name = cells.next().flatten().unwrap_or_default();
            if is_valid {
                return Ok(if attempted { Verdict::Done(Vec::new()) } else { Verdict::Run(Vec::new()) });
            }
            match cells.next().flatten() {
                Some(pid) => Ok(Verdict::InUse { what: format!("index {name}"), pid }),
                None => Ok(Verdict::Run(vec![drop_index(&name)])),
            }
        }
        Leftover::Dropped { index } => {
            if !attempted {
                return Ok(Verdict::Run(Vec::new()));
            }
            let rows = target.query(&fill(IS_THERE, &[("index", index)])).await?;
            let is_there = rows.into_iter().flatten().flatten().next().is_some();
            Ok(if is_there { Verdict::Run(Vec::new()) } else { Verdict::Done(Vec::new()) })
        }
        Leftover::Copies { index } => {
            copies(target, &COPIES.replace("{which}", COPIES_OF_INDEX), &[("index", index)]).await
        }
        Leftover::CopiesOf { table } => {
            copies(target, &COPIES.replace("{which}", COPIES_OF_TABLE), &[("table", table)]).await
        }
        Leftover::Partition { parent, partition } => {
            let names = [("parent", parent.as_str()), ("partition", partition.as_str())];
            let rows = target.query(&fill(PARTITION, &names)).await?;
            let pending = rows.into_iter().flatten().flatten().next();
            Ok(match pending.as_deref() {
                Some("true") => Verdict::Done(vec![Cleaning {
                    sql: format!("ALTER TABLE {parent} DETACH PARTITION {partition} FINALIZE"),
                    what: format!(
                        "an earlier attempt had begun to detach {partition} from {parent}; it is finished"
                    ),
                }]),
                None if attempted => Verdict::Done(Vec::new()),
                _ => Verdict::Run(Vec::new()),
            })
        }
    }
}

async fn copies(
    target: &mut dyn Target,
    template: &str,
    names: &[(&str, &str)],
) -> Result<Verdict, DriverError> {
    let rows = target.query(&fill(template, names)).await?;
    let copies = rows.into_iter().flatten().flatten();
    Ok(Verdict::Run(copies.map(|name| drop_index(&name)).collect()))
}

fn drop_index(name: &str) -> Cleaning {
    Cleaning {
        sql: format!("DROP INDEX CONCURRENTLY IF EXISTS {name}"),
        what: format!("an earlier attempt had left the invalid index {name}; it is dropped"),
    }
}

fn fill(template: &str, names: &[(&str, &str)]) -> String {
    names.iter().fold(template.trim_start().to_owned(), |sql, (name, value)| {
        sql.replace(&format!("{{{name}}}"), &literal(Dialect::Postgres, value))
    })
}
