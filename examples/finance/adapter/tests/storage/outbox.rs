//! Events are kept with the data that they are about, or not at all.

use finance_adapter::FinanceStorage;
use finance_domain::{Storage, UnitOfWork, User, UserRepository};
use finance_domain::{change_email, verify_email};

use crate::stage::{at, email, event_types, events, registered, users};

pub(crate) async fn an_event_is_kept_with_all_that_it_says(storage: &FinanceStorage) {
    let user = registered(storage, "o'neil@example.org").await;
    let events = events(storage).await;
    let [event] = events.as_slice() else { panic!("one event: {events:?}") };
    assert_eq!((&*event.event_type, &*event.aggregate_type), ("UserRegistered", "User"));
    assert_eq!(event.aggregate_id, user.id().to_string());
    assert_eq!(event.payload, r#"{"email":"o'neil@example.org"}"#);
    assert_eq!((event.created_at, event.processed_at), (at(1), None));
    assert!(event.id > 0, "the database counts");
}

pub(crate) async fn events_stand_in_the_order_in_which_they_happened(storage: &FinanceStorage) {
    let id = registered(storage, "ana@example.org").await.id();
    let mut uow = storage.begin().await.expect("a unit of work");
    let mut user = uow.users().get(id).await.expect("a row").expect("a user");
    user.verify_email(at(2)).expect("it was not verified");
    user.change_email(email("ana@example.com"), at(3));
    uow.users().save(&mut user).expect("it was got here");
    user.verify_email(at(4)).expect("the new one was not verified");
    uow.users().save(&mut user).expect("it was got here");
    uow.commit().await.expect("the storage works");
    let told: Vec<_> =
        events(storage).await.into_iter().map(|event| (event.event_type, event.created_at)).collect();
    let expected = [("UserRegistered", 1), ("EmailVerified", 2), ("EmailChanged", 3), ("EmailVerified", 4)];
    assert_eq!(told, expected.map(|(event_type, second)| (event_type.into(), at(second))));
}

pub(crate) async fn what_is_refused_leaves_no_event(storage: &FinanceStorage) {
    registered(storage, "ana@example.org").await;
    let mut uow = storage.begin().await.expect("a unit of work");
    for address in ["eva@example.org", "ana@example.org", "ida@example.org"] {
        let mut user = User::register(email(address), at(2));
        uow.users().add(&mut user).expect("a new user");
    }
    let failure = uow.commit().await.expect_err("one address is taken");
    assert!(failure.is_refusal(), "{failure:?}");
    assert_eq!(users(storage).await.len(), 1);
    assert_eq!(event_types(storage).await, ["UserRegistered"]);
}

pub(crate) async fn what_changes_nothing_leaves_no_event(storage: &FinanceStorage) {
    let id = registered(storage, "ana@example.org").await.id();
    verify_email(storage, id, at(2)).await.expect("it was not verified");
    change_email(storage, id, email("ana@example.org"), at(3)).await.expect("no change");
    assert_eq!(event_types(storage).await, ["UserRegistered", "EmailVerified"]);
    assert!(users(storage).await[0].email_verified());
}
