//! The tables of cases: each answers as it is written, and there are enough of them.

use crate::case::{Case, cases};

/// As many as there must be at least, in all tables together.
const LEAST: usize = 200;

macro_rules! tables {
    ($($theme:ident),* $(,)?) => {
        $(
            #[test]
            fn $theme() {
                check(&cases(concat!(stringify!($theme), ".txt"), include_str!(concat!("cases/", stringify!($theme), ".txt"))));
            }
        )*

        /// Every case of every table.
        fn all() -> Vec<Case> {
            [$(cases(concat!(stringify!($theme), ".txt"), include_str!(concat!("cases/", stringify!($theme), ".txt")))),*]
                .into_iter()
                .flatten()
                .collect()
        }
    };
}

tables! {
    names,
    relative,
    heads,
    upgrade,
    downgrade,
    rows,
    stamp,
    dependencies,
    merges,
    labels,
    history,
    offline,
    squash,
    refused,
}

fn check(cases: &[Case]) {
    assert!(!cases.is_empty(), "a table without cases");
    let failures: Vec<_> = cases.iter().filter_map(Case::failure).collect();
    assert!(
        failures.is_empty(),
        "{} of {} cases failed\n{}",
        failures.len(),
        cases.len(),
        failures.join("\n")
    );
}

#[test]
fn there_are_enough_cases_and_each_has_a_name_of_its_own_in_its_table() {
    let all = all();
    assert!(all.len() >= LEAST, "{} cases, {LEAST} are wanted", all.len());
    let mut names: Vec<_> = all.iter().map(|case| (case.file, &case.name)).collect();
    names.sort_unstable();
    let twice: Vec<_> = names.windows(2).filter(|pair| pair[0] == pair[1]).collect();
    assert!(twice.is_empty(), "{twice:?}");
}

#[test]
fn a_case_that_is_wrong_fails() {
    let wrong = [
        "graph: a b<a\nwrong steps : - | upgrade head | +a | b",
        "graph: a b<a\nwrong rows : - | upgrade head | +a +b | a",
        "graph: a b<a\nno error : - | upgrade head | ! ambiguous",
        "graph: a b<a\nanother error : - | upgrade x | ! ambiguous",
        "a graph that is one : refused: a b<a ! cycle",
    ];
    for text in wrong {
        let cases = cases("wrong.txt", text);
        assert!(cases.iter().all(|case| case.failure().is_some()), "{text}");
    }
}
