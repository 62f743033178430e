//! The use cases on a storage that is a map: no database, no runtime, no clock.

#![allow(clippy::expect_used, clippy::panic, reason = "what fails here fails the test")]

mod fake;

use std::pin::pin;
use std::task::{Context, Poll, Waker};
use std::time::{Duration, SystemTime};

use fake::FakeStorage;
use finance_domain::{
    AlreadyVerified, DomainEvent, Email, EmailTaken, Failure, Secret, SecretNotFound, SecretValue, Storage,
    User, UserId, UserNotFound, change_email, forget_secret, keep_secret, list_secrets, open_secret,
    register, register_all, verify_email,
};

/// Runs a future that never waits: the storage answers at once.
fn now_or_never<F: Future>(future: F) -> F::Output {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(output) => output,
        Poll::Pending => panic!("the storage of these tests never waits"),
    }
}

fn at(second: u64) -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_secs(second)
}

fn email(text: &str) -> Email {
    text.parse().expect(text)
}

fn registered(storage: &FakeStorage, text: &str) -> User {
    now_or_never(register(&storage, email(text), at(1))).expect(text)
}

fn event_types(storage: &FakeStorage) -> Vec<&'static str> {
    storage.kept().events.iter().map(DomainEvent::event_type).collect()
}

#[test]
fn a_user_registers_and_the_event_is_kept_with_them() {
    let storage = FakeStorage::default();
    let user = registered(&storage, "ana@example.org");
    assert_eq!(storage.kept().users.get(&user.id()), Some(user.state()));
    assert_eq!(event_types(&storage), ["UserRegistered"]);
}

#[test]
fn an_address_belongs_to_one_user() {
    let storage = FakeStorage::default();
    registered(&storage, "ana@example.org");
    let again = now_or_never(register(&&storage, email("ana@example.org"), at(2)));
    assert_eq!(again.expect_err("it is taken"), Failure::EmailTaken(EmailTaken));
    assert_eq!(event_types(&storage).len(), 1, "no event without a user");
}

#[test]
fn an_address_is_verified_once() {
    let storage = FakeStorage::default();
    let id = registered(&storage, "ana@example.org").id();
    let user = now_or_never(verify_email(&&storage, id, at(2))).expect("it was not verified");
    assert!(user.email_verified() && storage.kept().users[&id].email_verified);
    let again = now_or_never(verify_email(&&storage, id, at(3)));
    assert_eq!(again.expect_err("it is verified"), Failure::AlreadyVerified(AlreadyVerified));
    assert_eq!(event_types(&storage), ["UserRegistered", "EmailVerified"]);
}

#[test]
fn an_address_is_changed_to_a_free_one_only() {
    let storage = FakeStorage::default();
    let id = registered(&storage, "ana@example.org").id();
    registered(&storage, "ben@example.org");
    let taken = now_or_never(change_email(&&storage, id, email("ben@example.org"), at(2)));
    assert_eq!(taken.expect_err("it is Ben's"), Failure::EmailTaken(EmailTaken));
    now_or_never(change_email(&&storage, id, email("ana@example.com"), at(3))).expect("it is free");
    assert_eq!(storage.emails(), ["ana@example.com", "ben@example.org"]);
    assert_eq!(event_types(&storage), ["UserRegistered", "UserRegistered", "EmailChanged"]);
}

#[test]
fn a_user_who_is_not_there_is_named() {
    let storage = FakeStorage::default();
    let id = UserId::new();
    let failure = now_or_never(verify_email(&&storage, id, at(1))).expect_err("nobody is there");
    assert_eq!(failure, Failure::UserNotFound(UserNotFound(id)));
    assert_eq!(failure.to_string(), format!("there is no user {id}"));
    let failure =
        now_or_never(change_email(&&storage, id, email("a@b.c"), at(1))).expect_err("nobody is there");
    assert!(failure.is_refusal());
}

#[test]
fn many_register_in_one_unit_of_work() {
    let storage = FakeStorage::default();
    registered(&storage, "ben@example.org");
    let emails = ["ana@example.org", "ben@example.org", "ana@example.org", "eva@example.org"].map(email);
    let outcomes = now_or_never(register_all(&&storage, &emails, at(2))).expect("a map does not fail");
    let told: Vec<_> =
        outcomes.iter().map(|outcome| outcome.as_ref().map(|user| user.email().as_str())).collect();
    assert_eq!(told, [Ok("ana@example.org"), Err(&EmailTaken), Err(&EmailTaken), Ok("eva@example.org")]);
    assert_eq!(storage.kept().commits, 2, "one for Ben, one for all others");
    assert_eq!(event_types(&storage).len(), 3);
}

#[test]
fn one_who_is_faster_holds_up_none_of_the_others() {
    let storage = FakeStorage::late();
    registered(&storage, "user3@example.org");
    let emails: Vec<Email> = (0..8).map(|number| email(&format!("user{number}@example.org"))).collect();
    let outcomes = now_or_never(register_all(&&storage, &emails, at(2))).expect("a map does not fail");
    let refused: Vec<_> = (0..8).filter(|place| outcomes[*place].is_err()).collect();
    assert_eq!(refused, [3]);
    assert_eq!(storage.emails().len(), 8);
    assert_eq!(event_types(&storage).len(), 8, "an attempt that failed leaves no event");
}

#[test]
fn nobody_registers_in_no_time() {
    let storage = FakeStorage::default();
    assert!(now_or_never(register_all(&&storage, &[], at(1))).expect("a map does not fail").is_empty());
}

/// Compiles only if every use case can run on any thread, whatever the storage is.
#[test]
fn use_cases_are_send() {
    fn is_send<T: Send>(_: &T) {}
    fn all<S: Storage>(storage: &S) {
        is_send(&register(storage, email("a@b.c"), at(1)));
        is_send(&register_all(storage, &[], at(1)));
        is_send(&verify_email(storage, UserId::new(), at(1)));
        is_send(&change_email(storage, UserId::new(), email("a@b.c"), at(1)));
    }
    all(&&FakeStorage::default());
}

#[test]
fn a_secret_is_kept_read_replaced_and_forgotten() {
    let storage = FakeStorage::default();
    let id = registered(&storage, "ana@example.org").id();
    let name: finance_domain::SecretType = "tax_number".parse().expect("a type");
    for plain in ["hunter2", "hunter3"] {
        let secret = Secret::new(id, name.clone(), SecretValue::new(plain));
        now_or_never(keep_secret(&&storage, &secret)).expect("it is kept");
        let value = now_or_never(open_secret(&&storage, id, name.clone())).expect("it is there");
        assert_eq!(value.expose(), plain);
    }
    assert_eq!(now_or_never(list_secrets(&&storage, id)).expect("a user"), std::slice::from_ref(&name));
    now_or_never(forget_secret(&&storage, id, name.clone())).expect("it is there");
    let none = Failure::SecretNotFound(SecretNotFound { owner: id, secret_type: name.clone() });
    assert_eq!(now_or_never(open_secret(&&storage, id, name.clone())).expect_err("it is gone"), none);
    assert_eq!(now_or_never(forget_secret(&&storage, id, name)).expect_err("it is gone"), none);
}

#[test]
fn a_secret_of_nobody_is_not_kept() {
    let (storage, nobody) = (FakeStorage::default(), UserId::new());
    let secret = Secret::new(nobody, "tax_number".parse().expect("a type"), SecretValue::new("hunter2"));
    let refused = now_or_never(keep_secret(&&storage, &secret)).expect_err("nobody is there");
    assert_eq!(refused, Failure::UserNotFound(UserNotFound(nobody)));
    let refused = now_or_never(list_secrets(&&storage, nobody)).expect_err("nobody is there");
    assert_eq!(refused, Failure::UserNotFound(UserNotFound(nobody)));
    assert!(storage.kept().secrets.is_empty());
}
