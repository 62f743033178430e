//! One suite of the storage for all that it can be on: the store in memory, SQLite, PostgreSQL.

#![allow(clippy::expect_used, clippy::panic, reason = "what fails here fails the test")]

mod at_once;
mod outbox;
#[path = "../scratch/mod.rs"]
mod scratch;
mod secrets;
mod stage;
mod users;

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
            $(#[tokio::test] async fn $case() {
                let scratch = super::scratch::Scratch::sqlite();
                super::$topic::$case(&super::stage::built(&scratch).await).await;
            })+
        }

        mod postgres {
            #[tokio::test]
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
    users::a_user_is_kept_as_they_are,
    users::an_address_belongs_to_one_user,
    users::an_address_is_verified_once,
    users::an_address_is_changed_to_a_free_one_only,
    users::a_user_who_is_not_there_is_named,
    users::many_register_in_one_unit_of_work,
    users::what_is_dropped_has_never_been,
    users::a_row_that_is_no_user_is_an_error_that_does_not_quote_it,
    outbox::an_event_is_kept_with_all_that_it_says,
    outbox::events_stand_in_the_order_in_which_they_happened,
    outbox::what_is_refused_leaves_no_event,
    outbox::what_changes_nothing_leaves_no_event,
    at_once::two_verify_and_one_of_them_is_first,
    at_once::two_want_an_address_and_one_of_them_gets_it,
    at_once::two_imports_of_the_same_people_register_each_once,
    secrets::a_secret_is_read_as_it_was_put,
    secrets::a_secret_takes_the_place_of_the_one_before,
    secrets::two_put_a_secret_at_once_and_one_stays,
    secrets::a_value_is_worth_nothing_elsewhere,
    secrets::a_secret_belongs_to_a_user,
    secrets::a_secret_has_one_place_for_each_type,
    secrets::without_keys_nothing_is_kept,
}
