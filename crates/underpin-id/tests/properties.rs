//! What holds of every id and of every text, whatever its value.

use std::collections::HashSet;

use proptest::prelude::*;
use underpin_id::{Id, Prefix};
use uuid::Uuid;

#[derive(Debug)]
struct Account;

impl Prefix for Account {
    const PREFIX: &'static str = "account";
}

proptest! {
    #[test]
    fn text_and_back_is_the_same_id(bits: u128) {
        let id = Id::<Account>::from_uuid(Uuid::from_u128(bits));
        prop_assert_eq!(id.to_string().parse(), Ok(id));
        let text = id.text();
        prop_assert_eq!(&*text, id.to_string());
        prop_assert_eq!(id.uuid().as_u128(), bits);
    }

    #[test]
    fn text_sorts_as_the_id_does(a: u128, b: u128) {
        let (a, b) = (Id::<Account>::from_uuid(Uuid::from_u128(a)), Id::from_uuid(Uuid::from_u128(b)));
        prop_assert_eq!(a.cmp(&b), a.to_string().cmp(&b.to_string()));
    }

    #[test]
    fn an_id_has_one_spelling(text in "account_[0-8][0-9a-z]{25}") {
        if let Ok(id) = text.parse::<Id<Account>>() {
            prop_assert_eq!(id.to_string(), text);
        }
    }

    #[test]
    fn no_text_is_a_panic_and_none_is_repeated_in_the_error(text in "(account_)?\\PC{0,200}") {
        if let Err(error) = text.parse::<Id<Account>>() {
            prop_assert!(error.to_string().len() < 160);
        }
    }
}

#[test]
fn new_ids_rise_and_are_version_seven() {
    let ids: Vec<Id<Account>> = (0..10_000).map(|_| Id::new()).collect();
    assert!(ids.windows(2).all(|pair| pair[0] < pair[1]));
    assert!(ids.iter().all(|id| id.uuid().get_version_num() == 7));
    assert_eq!(ids.iter().collect::<HashSet<_>>().len(), ids.len());
}

#[test]
fn both_formats_print_the_id_and_keep_to_a_width() {
    let id = Id::<Account>::from_uuid(Uuid::nil());
    assert_eq!(format!("{id:?}"), "account_00000000000000000000000000");
    assert_eq!(format!("{id:>36}|"), "  account_00000000000000000000000000|");
    assert_eq!(format!("{:?}", Some(id)), "Some(account_00000000000000000000000000)");
}

#[test]
fn an_id_crosses_threads_whatever_its_kind() {
    struct Local(#[expect(dead_code, reason = "only there to be neither Send nor Sync")] *const u8);
    impl Prefix for Local {
        const PREFIX: &'static str = "local";
    }
    let id = Id::<Local>::new();
    assert_eq!(std::thread::spawn(move || id.text().to_string()).join().unwrap(), id.to_string());
}
