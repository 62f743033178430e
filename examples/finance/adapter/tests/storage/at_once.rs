//! What happens at the same time happens one after the other.

use finance_adapter::FinanceStorage;
use finance_domain::{Email, Failure};
use finance_domain::{register, register_all, verify_email};

use crate::stage::{at, email, event_types, registered, users};

pub(crate) async fn two_verify_and_one_of_them_is_first(storage: &FinanceStorage) {
    let id = registered(storage, "ana@example.org").await.id();
    let (a, b) = tokio::join!(verify_email(storage, id, at(2)), verify_email(storage, id, at(3)));
    let failures: Vec<_> = [a, b].into_iter().filter_map(Result::err).collect();
    assert!(matches!(failures.as_slice(), [Failure::AlreadyVerified(_)]), "{failures:?}");
    assert_eq!(event_types(storage).await, ["UserRegistered", "EmailVerified"]);
}

pub(crate) async fn two_want_an_address_and_one_of_them_gets_it(storage: &FinanceStorage) {
    let ana = || email("ana@example.org");
    let (a, b) = tokio::join!(register(storage, ana(), at(2)), register(storage, ana(), at(3)));
    let failures: Vec<_> = [a, b].into_iter().filter_map(Result::err).collect();
    assert!(matches!(failures.as_slice(), [Failure::EmailTaken(_)]), "{failures:?}");
    assert_eq!(users(storage).await.len(), 1);
    assert_eq!(event_types(storage).await, ["UserRegistered"]);
}

pub(crate) async fn two_imports_of_the_same_people_register_each_once(storage: &FinanceStorage) {
    let people: Vec<Email> = (0..50).map(|number| email(&format!("user{number}@example.org"))).collect();
    let (first, second) = (&people[..40], &people[10..]);
    let (a, b) = tokio::join!(register_all(storage, first, at(2)), register_all(storage, second, at(2)));
    let (a, b) = (a.expect("the storage works"), b.expect("the storage works"));
    for (number, person) in people.iter().enumerate() {
        let by_first = a.get(number).is_some_and(Result::is_ok);
        let by_second = number >= 10 && b[number - 10].is_ok();
        assert!(by_first ^ by_second, "{person}: {by_first} {by_second}");
    }
    assert_eq!(users(storage).await.len(), 50);
    assert_eq!(event_types(storage).await.len(), 50);
}
