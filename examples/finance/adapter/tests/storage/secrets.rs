//! Secrets are kept so that nobody reads or moves them who only has the database.

use finance_adapter::row::EncryptedSecretRow;
use finance_adapter::{FinanceStorage, StoredSecret};
use finance_domain::{
    Failure, Secret, SecretNotFound, SecretType, SecretValue, UserId, UserNotFound, forget_secret,
    keep_secret, list_secrets, open_secret,
};
use underpin::secrets::{EncryptedText, Envelope, KeyRing};
use underpin::{Auto, Error, Table};

use crate::stage::registered;

fn token() -> SecretType {
    "plaid_access_token".parse().expect("a type")
}

fn keyed(storage: &FinanceStorage) -> FinanceStorage {
    let ring = KeyRing::generate().expect("random bytes");
    storage.clone().with_keys(&ring).expect("keys")
}

async fn kept(storage: &FinanceStorage, owner: UserId, secret_type: SecretType, plain: &str) {
    let secret = Secret::new(owner, secret_type, SecretValue::new(plain));
    keep_secret(storage, &secret).await.expect("it is kept");
}

async fn opened(storage: &FinanceStorage, owner: UserId, secret_type: SecretType) -> String {
    open_secret(storage, owner, secret_type).await.expect("it is there").expose().to_owned()
}

async fn stored(storage: &FinanceStorage) -> Vec<EncryptedSecretRow> {
    let rows = storage.database().select::<StoredSecret>().order_by(EncryptedSecretRow::ID.asc()).all();
    rows.await.expect("rows").into_iter().map(|StoredSecret(row)| row).collect()
}

async fn written(storage: &FinanceStorage, row: EncryptedSecretRow) -> Result<(), Error> {
    let mut uow = storage.database().begin().await?;
    uow.add(&mut StoredSecret(row))?;
    uow.commit().await
}

/// A row of somebody's with an envelope from elsewhere.
fn copied(owner: UserId, secret_type: &str, envelope: &[u8]) -> EncryptedSecretRow {
    EncryptedSecretRow {
        id: Auto::Unset,
        user_id: owner.to_string(),
        secret_type: secret_type.to_owned(),
        encrypted_value: EncryptedText::from_envelope(envelope.to_vec()),
        created_at: Auto::Unset,
        updated_at: Auto::Unset,
    }
}

pub(crate) async fn a_secret_is_read_as_it_was_put(storage: &FinanceStorage) {
    let storage = keyed(storage);
    let (ana, ben) = (registered(&storage, "a@b.c").await.id(), registered(&storage, "b@b.c").await.id());
    let tax: SecretType = "tax_number".parse().expect("a type");
    kept(&storage, ana, token(), "hunter2").await;
    kept(&storage, ana, tax.clone(), "").await;
    kept(&storage, ben, token(), &"ü\n\u{0}".repeat(5_000)).await;
    assert_eq!(opened(&storage, ana, token()).await, "hunter2");
    assert_eq!(opened(&storage, ana, tax.clone()).await, "");
    assert_eq!(opened(&storage, ben, token()).await, "ü\n\u{0}".repeat(5_000));
    assert_eq!(list_secrets(&storage, ana).await.expect("ana"), [token(), tax.clone()]);
    let Err(Failure::SecretNotFound(SecretNotFound { owner, .. })) =
        open_secret(&storage, ben, tax.clone()).await
    else {
        panic!("ben has none")
    };
    assert_eq!(owner, ben);
    forget_secret(&storage, ana, tax.clone()).await.expect("it is there");
    assert!(matches!(forget_secret(&storage, ana, tax).await, Err(Failure::SecretNotFound(_))));
    assert_eq!(list_secrets(&storage, ana).await.expect("ana"), [token()]);
}

pub(crate) async fn a_secret_takes_the_place_of_the_one_before(storage: &FinanceStorage) {
    let storage = keyed(storage);
    let ana = registered(&storage, "a@b.c").await.id();
    kept(&storage, ana, token(), "hunter2").await;
    let before = stored(&storage).await;
    kept(&storage, ana, token(), "hunter3").await;
    let after = stored(&storage).await;
    assert_eq!((before.len(), after.len()), (1, 1));
    assert_eq!((after[0].id, after[0].created_at), (before[0].id, before[0].created_at));
    assert!(after[0].updated_at > before[0].updated_at, "set anew at each update");
    assert_eq!(opened(&storage, ana, token()).await, "hunter3");
}

pub(crate) async fn two_put_a_secret_at_once_and_one_stays(storage: &FinanceStorage) {
    let storage = keyed(storage);
    let ana = registered(&storage, "a@b.c").await.id();
    tokio::join!(kept(&storage, ana, token(), "first"), kept(&storage, ana, token(), "other"));
    assert_eq!(stored(&storage).await.len(), 1);
    assert!(["first", "other"].contains(&&*opened(&storage, ana, token()).await));
}

pub(crate) async fn a_value_is_worth_nothing_elsewhere(storage: &FinanceStorage) {
    let storage = keyed(storage);
    let (ana, ben) = (registered(&storage, "a@b.c").await.id(), registered(&storage, "b@b.c").await.id());
    kept(&storage, ana, token(), "hunter2").await;
    let envelope = stored(&storage).await[0].encrypted_value.envelope().expect("it was read").to_vec();
    assert_eq!(Envelope::parse(&envelope).expect("an envelope").key_id(), 1);
    written(&storage, copied(ben, "plaid_access_token", &envelope)).await.expect("its place is free");
    written(&storage, copied(ana, "tax_number", &envelope)).await.expect("its place is free");
    let mut altered = envelope.clone();
    altered[20] ^= 1;
    written(&storage, copied(ben, "tax_number", &altered)).await.expect("its place is free");
    let tax: SecretType = "tax_number".parse().expect("a type");
    for (owner, secret_type) in [(ben, token()), (ana, tax.clone()), (ben, tax)] {
        let Err(Failure::Storage(error)) = open_secret(&storage, owner, secret_type).await else {
            panic!("it must not decrypt")
        };
        assert!(error.to_string().contains("cannot decrypt finance.secret") && error.hint().is_some());
        assert!(!format!("{error} {error:?}").contains("hunter2"));
    }
    assert_eq!(opened(&storage, ana, token()).await, "hunter2");
    // Another ring whose key has the same number.
    assert!(open_secret(&keyed(&storage), ana, token()).await.is_err());
}

pub(crate) async fn a_secret_belongs_to_a_user(storage: &FinanceStorage) {
    let storage = keyed(storage);
    let nobody = UserId::new();
    let secret = Secret::new(nobody, token(), SecretValue::new("hunter2"));
    let refused = keep_secret(&storage, &secret).await.expect_err("nobody is there");
    assert!(matches!(refused, Failure::UserNotFound(UserNotFound(of)) if of == nobody), "{refused:?}");
    let error = written(&storage, copied(nobody, "tax_number", &[1; 34])).await.expect_err("nobody is there");
    assert!(error.is_foreign_key_violation(), "{error:?}");
}

pub(crate) async fn a_secret_has_one_place_for_each_type(storage: &FinanceStorage) {
    let ana = registered(storage, "a@b.c").await.id();
    written(storage, copied(ana, "tax_number", b"hunter2")).await.expect("its place is free");
    let error = written(storage, copied(ana, "tax_number", b"hunter3")).await.expect_err("there is one");
    assert!(error.is_unique_violation(), "{error:?}");
    assert_eq!(error.constraint(), Some("ix_encrypted_secrets_user_type"));
    let kept = stored(storage).await;
    let shown = format!("{error} {error:?} {:?} {:?}", kept, kept[0].duplicate());
    assert!(!shown.contains("hunter2") && !shown.contains("aHVudGVy"), "{shown}");
}

pub(crate) async fn without_keys_nothing_is_kept(storage: &FinanceStorage) {
    let ana = registered(storage, "a@b.c").await.id();
    let secret = Secret::new(ana, token(), SecretValue::new("hunter2"));
    let Err(Failure::Storage(error)) = keep_secret(storage, &secret).await else { panic!("there is no key") };
    assert!(error.is_config() && error.to_string().contains("no key is configured"), "{error:?}");
    assert!(open_secret(storage, ana, token()).await.is_err());
    assert!(stored(storage).await.is_empty());
}
