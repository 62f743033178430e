//! Every case on every target, except where the list of differences says why not.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout, reason = "tests")]

use std::collections::BTreeSet;
use std::time::Duration;

use underpin::Database;
use underpin_conformance::model::Suite;
use underpin_conformance::{DIFFERENCES, Target, cases, difference};

/// Behind a pooler a request whose server is another's waits for ever.
const PATIENCE: Duration = Duration::from_secs(300);

type Running = std::pin::Pin<Box<dyn Future<Output = ()> + Send>>;

async fn run(target: Target, name: &str, case: fn(Database<Suite>) -> Running) {
    let scratch = target.scratch().await;
    let database = scratch.database::<Suite>().await;
    let running = tokio::time::timeout(PATIENCE, tokio::spawn(case(database.clone())));
    let outcome = running.await.unwrap_or_else(|_| panic!("{name} on {target:?} waits for ever"));
    database.close().await;
    drop(database);
    scratch.drop_database().await;
    match (outcome, difference(target, name)) {
        (Ok(()), None) => {}
        (Err(failure), None) => std::panic::resume_unwind(failure.into_panic()),
        (Err(_), Some(difference)) => {
            println!("{name} differs on {target:?}: {}", difference.reason);
        }
        (Ok(()), Some(_)) => panic!("{name} passes on {target:?}: take it off the list of differences"),
    }
}

macro_rules! cases {
    ($($topic:ident: $($case:ident),+;)+) => {
        cases!(@target postgres Postgres $($topic: $($case),+;)+);
        cases!(@target postgres_unnamed PostgresUnnamed $($topic: $($case),+;)+);
        cases!(@target postgres_pooled PostgresPooled $($topic: $($case),+;)+);
        cases!(@target sqlite Sqlite $($topic: $($case),+;)+);
        cases!(@target sqlite_inline SqliteInline $($topic: $($case),+;)+);
        cases!(@target memory Memory $($topic: $($case),+;)+);

        /// The names of all cases.
        const NAMES: &[&str] = &[$($(stringify!($case)),+),+];
    };
    (@target $module:ident $target:ident $($topic:ident: $($case:ident),+;)+) => {
        mod $module {
            use super::*;
            $($(
                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn $case() {
                    run(Target::$target, stringify!($case), |database| {
                        Box::pin(async move { cases::$topic::$case(&database).await })
                    })
                    .await;
                }
            )+)+
        }
    };
}

cases! {
    aggregates: one_statement_a_table, no_parents_no_statement, portions_are_whole, own_version_has_its_parts,
        parts_follow_a_known_root, only_the_difference_is_written, changed_back_is_no_change,
        a_part_that_moves_is_an_update, parts_swap_unique_values, the_root_takes_its_parts_along,
        parts_count_for_the_version, a_savepoint_remembers_parts, wrong_parts_are_refused, aggregates_have_events,
        no_row_is_left_behind, parts_get_keys_in_the_same_flush, keys_are_made_by_a_commit_alone,
        new_and_stored_parts_mix, a_part_moves_to_a_new_parent, neighbours_of_many, too_many_statements_are_told;
    bulk: thousands_of_rows, any_number_of_rows_is_inserted, what_is_made_comes_back_in_order,
        rows_may_leave_out_different_columns, every_type_and_hostile_text_is_inserted,
        refused_rows_name_constraint_and_table, progress_is_told_and_a_failing_source_ends_it,
        computed_columns_are_left_out, update_changes_what_is_found, update_takes_every_type,
        update_by_an_expression_of_the_row, changes_that_say_too_little_are_refused,
        delete_removes_what_is_found, refused_changes_name_constraint_and_table, hostile_text_is_a_value,
        known_rows_are_read_again, unwritten_changes_are_not_lost, a_savepoint_brings_known_rows_back,
        parts_are_read_again, upsert_inserts_and_updates, upsert_by_a_unique_constraint, upsert_that_does_nothing,
        later_rows_of_an_upsert_count, upsert_refuses_what_cannot_decide, many_rows_are_upserted;
    constraints: unique_names_its_constraint, primary_key_names_its_constraint, foreign_key_is_told_apart,
        referenced_row_cannot_go, unique_values_change_hands, circle_of_references, chain_in_one_table, check_names_its_constraint;
    events: commit_stores_events, no_commit_no_events, events_without_data, savepoint_takes_events_back;
    generated: counted_keys_come_back_in_order, defaults_come_back, counted_rows_can_be_changed_at_once,
        set_at_each_update, computed_column_comes_back;
    identity: own_version_counts, wrong_use_is_an_error_that_helps, nothing_to_do_sends_nothing,
        removed_and_added_again_is_an_update;
    isolation: uncommitted_rows_are_not_seen, dropped_work_leaks_nothing, run_keeps_what_is_committed;
    rows: filters, order_limit_offset, typed_comparisons, portions_give_every_row_once, many_keys_in_one_statement;
    reads: a_session_sees_one_state, a_session_may_be_deferrable, a_read_only_unit_of_work_refuses_to_write,
        tuples_come_in_portions, locked_rows_are_passed_over;
    savepoints: nested_savepoints_go_back_in_steps, failure_is_taken_back, released_savepoint_keeps_changes,
        failure_without_savepoint_ends_the_work;
    types: one_row_of_every_type, extremes_of_every_type, floats_that_are_no_numbers, update_of_every_type;
    values: long_text_is_refused, nul_character_is_refused, inexact_decimal_is_refused, refusal_leaves_nothing_behind;
    versions: second_change_is_stale, stale_row_among_many_is_named, stale_removal_is_refused,
        change_of_a_deleted_row_is_stale, versions_count_flushes;
}

/// A case that nobody runs, or a difference of a case that is not there, would be no test at all.
#[test]
fn every_case_is_run_and_every_difference_has_a_case() {
    let mut folders = vec![std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/cases")];
    let mut written = BTreeSet::new();
    while let Some(folder) = folders.pop() {
        for file in std::fs::read_dir(folder).unwrap() {
            let path = file.unwrap().path();
            if path.is_dir() {
                // The constructs of queries have a program of their own.
                if !path.ends_with("queries") {
                    folders.push(path);
                }
                continue;
            }
            for line in std::fs::read_to_string(path).unwrap().lines() {
                if let Some(rest) = line.strip_prefix("pub async fn ") {
                    written.insert(rest.split('(').next().unwrap().to_owned());
                }
            }
        }
    }
    let run: BTreeSet<String> = NAMES.iter().map(|name| (*name).to_owned()).collect();
    assert_eq!(written, run);
    for difference in DIFFERENCES {
        assert!(run.contains(difference.case), "{} is no case", difference.case);
        assert!(difference.reason.len() > 20, "{} needs a reason", difference.case);
    }
}
