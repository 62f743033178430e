//! One suite of the catalogue for all that it can be on: the store in memory, SQLite, PostgreSQL.

#![allow(clippy::expect_used, clippy::panic, reason = "what fails here fails the test")]

mod cars;
mod filters;
mod pages;
mod prices;
#[path = "../scratch/mod.rs"]
mod scratch;
mod stage;
mod statistics;
mod text;

/// A test for each case on memory and on SQLite, and one for all of them on PostgreSQL, where a database of its own for
/// each would take longer than the cases themselves.
macro_rules! on_every_catalog {
    ($($topic:ident::$case:ident,)+) => {
        mod memory {
            $(#[tokio::test] async fn $case() {
                super::$topic::$case(&mut super::stage::memory()).await;
            })+
        }

        mod sqlite {
            $(#[tokio::test] async fn $case() {
                let scratch = super::scratch::Scratch::sqlite();
                super::$topic::$case(&mut super::stage::built(&scratch).await).await;
            })+
        }

        mod postgres {
            #[tokio::test]
            async fn every_case() {
                let scratch = super::scratch::Scratch::postgres();
                let mut catalog = super::stage::built(&scratch).await;
                $(
                    eprintln!("{}", stringify!($case));
                    super::stage::emptied(&catalog).await;
                    super::$topic::$case(&mut catalog).await;
                )+
            }
        }
    };
}

on_every_catalog! {
    cars::a_car_is_kept_as_it_is,
    cars::cars_are_taken_in_together_or_not_at_all,
    cars::what_is_dropped_has_never_been,
    cars::a_unit_of_work_sees_what_it_has_added_when_it_is_flushed,
    cars::a_row_that_is_no_car_is_an_error_that_does_not_quote_it,
    prices::the_extremes_survive,
    prices::prices_are_ordered_as_numbers,
    prices::prices_are_compared_as_numbers,
    prices::prices_add_up_exactly,
    prices::what_is_too_fine_is_refused_by_the_table_too,
    filters::each_filter_does_what_it_says,
    filters::filters_hold_together,
    filters::random_looks_find_what_the_domain_says,
    text::capital_letters_do_not_matter,
    text::text_finds_only_itself,
    pages::the_order_is_total,
    pages::pages_of_random_cars_repeat_and_skip_nothing,
    pages::pages_by_key_are_those_by_offset,
    pages::a_page_by_key_stands_while_cars_come_and_go_before_it,
    statistics::each_make_has_its_own,
    statistics::of_no_car_there_are_none,
}
