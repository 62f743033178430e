//! Every construct of a query on every database, and its SQL as a snapshot.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

use std::collections::BTreeSet;

use underpin_conformance::Target;
use underpin_conformance::cases::queries;
use underpin_conformance::lot::{Asked, Lot};

/// The cases that the in-memory store cannot do, and what it lacks.
const LACKS: &[(&str, &str)] = &[
    ("plans", "it has no plans"),
    ("queries_as_tables", "it has no common table expressions"),
    ("sql_by_hand", "it has no SQL"),
    ("windows", "it has no windows"),
];

type Running = std::pin::Pin<Box<dyn Future<Output = Asked> + Send>>;

async fn run(target: Target, name: &str, case: fn(Asked) -> Running) {
    let scratch = target.scratch().await;
    let database = scratch.database::<Lot>().await;
    let lot = Asked::new(database.clone()).await;
    let outcome = tokio::spawn(case(lot)).await;
    database.close().await;
    drop(database);
    scratch.drop_database().await;
    let lacks = LACKS.iter().find(|(case, _)| target == Target::Memory && *case == name);
    match outcome {
        Ok(_) if lacks.is_some() => panic!("{name} passes in memory: take it off the list"),
        Err(_) if lacks.is_some() => {}
        Ok(asked) => insta::assert_snapshot!(name, asked.shown()),
        Err(failure) => std::panic::resume_unwind(failure.into_panic()),
    }
}

macro_rules! cases {
    ($($theme:ident: $($case:ident),+;)+) => {
        cases!(@target postgres Postgres $($theme: $($case),+;)+);
        cases!(@target postgres_unnamed PostgresUnnamed $($theme: $($case),+;)+);
        cases!(@target sqlite Sqlite $($theme: $($case),+;)+);
        cases!(@target sqlite_inline SqliteInline $($theme: $($case),+;)+);
        cases!(@target memory Memory $($theme: $($case),+;)+);

        /// The names of all cases.
        const NAMES: &[&str] = &[$($(stringify!($case)),+),+];
    };
    (@target $module:ident $target:ident $($theme:ident: $($case:ident),+;)+) => {
        mod $module {
            use super::*;
            $($(
                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn $case() {
                    run(Target::$target, stringify!($case), |lot| {
                        Box::pin(async move {
                            queries::$theme::$case(&lot).await;
                            lot
                        })
                    })
                    .await;
                }
            )+)+
        }
    };
}

cases! {
    aggregate: aggregates, groups;
    array: arrays;
    by_hand: sql_by_hand, plans;
    choice: choices;
    compare: comparisons, logic;
    distinct: distinct_rows;
    entity: entities, portions_of_tuples;
    hostile: hostile_text, hostile_names;
    join: joins, aliases;
    json: documents;
    null: nulls;
    number: whole_numbers, decimals_are_exact, floats, casts;
    page: pages;
    refused: refusals;
    subquery: subqueries, queries_as_tables;
    text: text_functions, patterns;
    time: parts_of_times;
    union: unions;
    window: windows;
}

/// A case that nobody runs would be no test at all.
#[test]
fn every_case_is_run() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/cases/queries");
    let mut written = BTreeSet::new();
    for file in std::fs::read_dir(folder).unwrap() {
        let text = std::fs::read_to_string(file.unwrap().path()).unwrap();
        for line in text.lines() {
            if let Some(rest) = line.strip_prefix("pub async fn ") {
                written.insert(rest.split('(').next().unwrap().to_owned());
            }
        }
    }
    let run: BTreeSet<String> = NAMES.iter().map(|name| (*name).to_owned()).collect();
    assert_eq!(written, run);
    assert!(LACKS.iter().all(|(case, why)| run.contains(*case) && !why.is_empty()));
}
