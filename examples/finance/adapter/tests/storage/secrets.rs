//! The table of secrets. The vault that encrypts them comes later; what the table promises holds already.

use finance_adapter::row::EncryptedSecretRow;
use finance_adapter::{Db, FinanceStorage};
use underpin::{Auto, Entity, Error, Events, MappingError, Table};

use crate::stage::registered;

/// A row of `encrypted_secrets`, as whoever encrypts will write it.
struct Envelope(EncryptedSecretRow);

impl Entity<Db> for Envelope {
    type Row = EncryptedSecretRow;

    fn to_row(&self) -> EncryptedSecretRow {
        self.0.duplicate()
    }

    fn from_row(row: EncryptedSecretRow) -> Result<Self, MappingError> {
        Ok(Self(row))
    }
}

impl Events<Db> for Envelope {}

fn envelope(user: impl ToString, secret_type: &str) -> Envelope {
    Envelope(EncryptedSecretRow {
        id: Auto::Unset,
        user_id: user.to_string(),
        secret_type: secret_type.to_owned(),
        encrypted_value: "hunter2".to_owned(),
        created_at: Auto::Unset,
        updated_at: Auto::Unset,
    })
}

async fn put(storage: &FinanceStorage, mut envelope: Envelope) -> Result<(), Error> {
    let mut uow = storage.database().begin().await?;
    uow.add(&mut envelope)?;
    uow.commit().await
}

pub(crate) async fn a_secret_has_one_place_for_each_type(storage: &FinanceStorage) {
    let (ana, ben) = (registered(storage, "a@b.c").await.id(), registered(storage, "b@b.c").await.id());
    for (user, secret_type) in [(ana, "plaid_access_token"), (ana, "tax_number"), (ben, "plaid_access_token")]
    {
        put(storage, envelope(user, secret_type)).await.expect("its place is free");
    }
    let error = put(storage, envelope(ana, "tax_number")).await.expect_err("there is one");
    assert!(error.is_unique_violation(), "{error:?}");
    assert_eq!(error.constraint(), Some("ix_encrypted_secrets_user_type"));
    assert!(!format!("{error} {error:?}").contains("hunter2"));
}

pub(crate) async fn a_secret_belongs_to_a_user(storage: &FinanceStorage) {
    let error = put(storage, envelope("user_01h455vb4pex5vsknk084sn02q", "tax_number")).await;
    let error = error.expect_err("nobody is there");
    assert!(error.is_foreign_key_violation(), "{error:?}");
}

pub(crate) async fn a_secret_that_is_replaced_says_when(storage: &FinanceStorage) {
    let ana = registered(storage, "a@b.c").await.id();
    put(storage, envelope(ana, "tax_number")).await.expect("its place is free");
    let mut uow = storage.database().begin().await.expect("a unit of work");
    let mut found = uow.select::<Envelope>().all().await.expect("one").pop().expect("one");
    let before = (found.0.created_at, found.0.updated_at);
    assert!(!format!("{:?}", found.0).contains("hunter2"));
    found.0.encrypted_value = "hunter3".to_owned();
    uow.save(&mut found).expect("it was got here");
    uow.commit().await.expect("its place is its own");
    let after = storage.database().select::<Envelope>().first().await.expect("one").expect("one").0;
    assert_eq!((after.created_at, after.encrypted_value.as_str()), (before.0, "hunter3"));
    assert!(after.updated_at > before.1, "set anew at each update");
}
