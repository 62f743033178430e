//! Users are kept as the domain has them, and the rules hold whoever asks.

use finance_adapter::row::UserRow;
use finance_adapter::{Db, FinanceStorage};
use finance_domain::{
    AlreadyVerified, EmailTaken, Failure, Storage, UnitOfWork, User, UserId, UserNotFound, UserRepository,
};
use finance_domain::{change_email, register, register_all, verify_email};
use underpin::{Entity, Events, MappingError, Table};

use crate::stage::{at, email, event_types, registered, users};

async fn stored(storage: &FinanceStorage, id: UserId) -> User {
    storage.database().get(id.to_string()).await.expect("a row").expect("a user")
}

pub(crate) async fn a_user_is_kept_as_they_are(storage: &FinanceStorage) {
    let user = registered(storage, "Ana@example.org").await;
    assert_eq!(stored(storage, user.id()).await.state(), user.state());
    registered(storage, &format!("{}@example.org", "ü".repeat(243))).await;
    let mut uow = storage.begin().await.expect("a unit of work");
    let again = uow.users().get(user.id()).await.expect("a row").expect("a user");
    assert_eq!(again.state(), user.state());
}

pub(crate) async fn an_address_belongs_to_one_user(storage: &FinanceStorage) {
    registered(storage, "ana@example.org").await;
    let failure = register(storage, email("ANA@example.org"), at(2)).await.expect_err("it is taken");
    assert!(matches!(failure, Failure::EmailTaken(EmailTaken)), "{failure:?}");
    assert_eq!(users(storage).await.len(), 1);
    assert_eq!(event_types(storage).await, ["UserRegistered"]);
}

pub(crate) async fn an_address_is_verified_once(storage: &FinanceStorage) {
    let id = registered(storage, "ana@example.org").await.id();
    verify_email(storage, id, at(2)).await.expect("it was not verified");
    let failure = verify_email(storage, id, at(3)).await.expect_err("it is verified");
    assert!(matches!(failure, Failure::AlreadyVerified(AlreadyVerified)), "{failure:?}");
    let user = stored(storage, id).await;
    assert!(user.email_verified());
    assert_eq!((user.state().created_at, user.state().updated_at), (at(1), at(2)));
}

pub(crate) async fn an_address_is_changed_to_a_free_one_only(storage: &FinanceStorage) {
    let id = registered(storage, "ana@example.org").await.id();
    registered(storage, "ben@example.org").await;
    verify_email(storage, id, at(2)).await.expect("it was not verified");
    let failure = change_email(storage, id, email("ben@example.org"), at(3)).await.expect_err("it is Ben's");
    assert!(matches!(failure, Failure::EmailTaken(EmailTaken)), "{failure:?}");
    assert!(stored(storage, id).await.email_verified(), "what is refused changes nothing");
    change_email(storage, id, email("ana@example.com"), at(4)).await.expect("it is free");
    let user = stored(storage, id).await;
    assert_eq!((user.email().as_str(), user.email_verified()), ("ana@example.com", false));
    assert_eq!(user.state().updated_at, at(4));
    registered(storage, "ana@example.org").await;
}

pub(crate) async fn a_user_who_is_not_there_is_named(storage: &FinanceStorage) {
    let id = UserId::new();
    for failure in [
        verify_email(storage, id, at(1)).await.expect_err("nobody is there"),
        change_email(storage, id, email("a@b.c"), at(1)).await.expect_err("nobody is there"),
    ] {
        assert!(matches!(failure, Failure::UserNotFound(UserNotFound(named)) if named == id), "{failure:?}");
    }
}

pub(crate) async fn many_register_in_one_unit_of_work(storage: &FinanceStorage) {
    registered(storage, "user7@example.org").await;
    let mut emails: Vec<_> = (0..1_200).map(|number| email(&format!("user{number}@example.org"))).collect();
    emails.push(email("user0@example.org"));
    let outcomes = register_all(storage, &emails, at(2)).await.expect("the storage works");
    let refused: Vec<_> = (0..outcomes.len()).filter(|place| outcomes[*place].is_err()).collect();
    assert_eq!(refused, [7, 1_200]);
    assert_eq!(users(storage).await.len(), 1_200);
    assert_eq!(event_types(storage).await.len(), 1_200);
}

pub(crate) async fn what_is_dropped_has_never_been(storage: &FinanceStorage) {
    let mut uow = storage.begin().await.expect("a unit of work");
    let mut user = User::register(email("eva@example.org"), at(1));
    uow.users().add(&mut user).expect("a new user");
    assert!(uow.users().taken(&[email("eva@example.org")]).await.expect("a query").is_empty());
    drop(uow);
    assert!(users(storage).await.is_empty() && event_types(storage).await.is_empty());
    registered(storage, "eva@example.org").await;
}

/// A row of `users` without the rules of the domain.
struct Anything(UserRow);

impl Entity<Db> for Anything {
    type Row = UserRow;

    fn to_row(&self) -> UserRow {
        self.0.duplicate()
    }

    fn from_row(row: UserRow) -> Result<Self, MappingError> {
        Ok(Self(row))
    }
}

impl Events<Db> for Anything {}

pub(crate) async fn a_row_that_is_no_user_is_an_error_that_does_not_quote_it(storage: &FinanceStorage) {
    let id = UserId::new();
    let mut row = Anything(UserRow {
        id: id.to_string(),
        email: "hunter2".to_owned(),
        email_verified: false,
        created_at: at(1),
        updated_at: at(1),
    });
    let mut uow = storage.database().begin().await.expect("a unit of work");
    uow.add(&mut row).expect("a new row");
    uow.commit().await.expect("the table takes it");
    let Err(Failure::Storage(error)) = verify_email(storage, id, at(2)).await else {
        panic!("that is no user")
    };
    assert!(error.is_value() && error.hint().is_some());
    assert!(!format!("{error} {error:?}").contains("hunter2"), "{error:?}");
}
