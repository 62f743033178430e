//! One suite of the storage for all that it can be on: the store in memory, SQLite, PostgreSQL.

#![allow(clippy::expect_used, clippy::panic, reason = "what fails here fails the test")]

mod at_once;
mod borrowers;
mod contents;
mod documents;
mod numbers;
mod saving;
#[path = "../scratch/mod.rs"]
mod scratch;
mod stage;
mod work;

/// A test for each case on memory and on SQLite, and one for all of them on PostgreSQL, where a database of its own for
/// each would take longer than the cases themselves.
macro_rules! on_every_storage {
    ($($topic:ident::$case:ident,)+) => {
        mod memory {
            $(#[tokio::test] async fn $case() {
                super::$topic::$case(&super::stage::memory()).await;
            })+
        }

        mod sqlite {
            $(#[tokio::test(flavor = "multi_thread")] async fn $case() {
                let scratch = super::scratch::Scratch::sqlite();
                super::$topic::$case(&super::stage::built(&scratch).await).await;
            })+
        }

        mod postgres {
            #[tokio::test(flavor = "multi_thread")]
            async fn every_case() {
                let scratch = super::scratch::Scratch::postgres();
                let storage = super::stage::built(&scratch).await;
                $(
                    eprintln!("{}", stringify!($case));
                    super::stage::emptied(&storage).await;
                    super::$topic::$case(&storage).await;
                )+
            }
        }
    };
}

on_every_storage! {
    documents::a_document_is_kept_as_it_is,
    documents::the_same_content_is_one_document,
    documents::what_is_created_is_there_before_the_commit_and_gone_without_it,
    documents::lists_are_newest_first_by_status_and_page,
    documents::what_waits_comes_oldest_first,
    documents::a_move_is_judged_by_where_the_document_is_now,
    work::a_document_is_read,
    work::what_cannot_be_read_fails_and_is_tried_again,
    work::what_somebody_left_behind_is_tried_again,
    work::what_has_no_document_is_swept,
    borrowers::a_borrower_is_kept_with_all_they_have,
    borrowers::borrowers_load_in_as_many_statements_whatever_they_have,
    borrowers::a_source_names_a_document_that_is_there,
    numbers::a_number_is_stored_encrypted_and_none_shows_its_length,
    numbers::the_same_number_of_two_borrowers_does_not_look_the_same,
    numbers::a_number_is_worth_nothing_elsewhere,
    numbers::a_number_that_is_not_changed_is_not_written,
    saving::only_what_changed_is_written_in_the_order_of_the_foreign_keys,
    saving::a_contact_alone_is_one_row,
    at_once::two_who_bring_the_same_content_get_one_document,
    at_once::batches_of_the_same_contents_do_not_wait_for_each_other,
    at_once::four_workers_never_take_the_same_document,
}
