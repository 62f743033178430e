//! Users: an address belongs to one of them.

use teams_adapter::TeamsStorage;
use teams_domain::{Failure, Refusal, Storage, UnitOfWork, UserRepository, add_user};

use crate::stage::user;

pub(crate) async fn an_address_belongs_to_one_user(storage: &TeamsStorage) {
    let ana = user(storage, "Ana").await;
    let second = add_user(storage, "Another".parse().expect("a name"), ana.email.clone()).await;
    assert!(
        matches!(&second, Err(Failure::Refused(Refusal::EmailTaken(email))) if *email == ana.email),
        "{second:?}"
    );
    let mut uow = storage.begin().await.expect("the storage works");
    assert_eq!(uow.users().list().await.expect("users"), [ana]);
}
