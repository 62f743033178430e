//! One suite of the storage for all that it can be on: the store in memory, SQLite, PostgreSQL.

#![allow(clippy::expect_used, clippy::panic, reason = "what fails here fails the test")]

mod at_once;
mod items;
#[path = "../scratch/mod.rs"]
mod scratch;
mod stage;
mod statements;
mod teams;
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
    users::an_address_belongs_to_one_user,
    users::a_user_is_found_by_id_and_by_address,
    users::users_come_in_pages,
    teams::a_team_is_kept_as_it_is,
    teams::a_slug_belongs_to_one_team,
    teams::a_stranger_founds_no_team,
    teams::people_come_and_go,
    teams::the_last_maintainer_stays,
    teams::a_team_that_owns_something_stays,
    teams::a_team_that_owns_nothing_goes_with_its_memberships,
    teams::a_team_is_found_by_its_slug_and_by_its_id,
    teams::teams_come_in_pages,
    teams::who_is_removed_leaves_their_teams,
    teams::what_was_committed_can_be_used,
    items::an_item_is_kept_as_it_is,
    items::items_are_listed_by_owner_and_kind_in_pages,
    items::only_what_is_named_changes,
    items::an_item_goes_once,
    items::what_the_code_host_knows_is_taken_over_once,
    statements::a_team_loads_in_as_many_statements_whatever_belongs_to_it,
    statements::saving_writes_only_the_membership_that_changed,
    at_once::of_two_maintainers_who_leave_one_stays,
    at_once::of_two_maintainers_who_are_removed_one_stays,
    at_once::who_joins_while_they_are_removed_is_in_no_team_or_stays,
    at_once::two_found_a_team_of_one_slug_and_one_of_them_does,
}
