//! The part of the demo that is about secrets: one is kept, read, and worth nothing elsewhere.

use finance_adapter::row::EncryptedSecretRow;
use finance_adapter::{FinanceStorage, StoredSecret};
use finance_domain::{Failure, Secret, SecretType, SecretValue, UserId, keep_secret, open_secret};
use underpin::Auto;
use underpin::secrets::{EncryptedText, Envelope};

use super::cast::Cast;
use super::place::Keys;
use super::story::Story;
use super::{broken, unexpected};
use crate::error::Error;

/// What Ana's bank gives to whoever may read her account. No bank has given this one.
const TOKEN: &str = "access-sandbox-of-nobody";

/// What a token of a bank is for, in the table.
pub(super) const TYPE: &str = "plaid_access_token";

pub(super) async fn ana_entrusts_a_token(
    storage: &FinanceStorage,
    (ana, ben): (UserId, UserId),
    (cast, keys): (&Cast, &Keys),
    story: &mut Story,
) -> Result<(), Error> {
    story.step("Ana entrusts the token of her bank")?;
    match &keys.made {
        Some(path) => story.done(format!(
            "a new key is in {}, which its owner alone may read (mode 0600)",
            path.display()
        ))?,
        None => story.done("the key is the one that is configured")?,
    }
    keep_secret(storage, &Secret::new(ana, token_type()?, SecretValue::new(TOKEN))).await?;
    if open_secret(storage, ana, token_type()?).await?.expose() != TOKEN {
        return Err(broken("that a secret is read as it was put"));
    }
    story.done(format!("{} has {TYPE}, and gets it back", cast.ana))?;
    let envelope = envelope_of(storage, ana).await?;
    if envelope.windows(TOKEN.len()).any(|part| part == TOKEN.as_bytes()) {
        return Err(broken("that a secret is encrypted"));
    }
    let parsed = Envelope::parse(&envelope).map_err(|_| broken("that an envelope is stored"))?;
    let (length, key) = (envelope.len(), parsed.key_id());
    story.remark(&format!("in the table: {length} bytes in base64, AES-256-GCM, key {key}"))?;
    worth_nothing_elsewhere(storage, envelope, ben, cast, story).await
}

/// Copies Ana's value into a row of Ben's, as whoever has the database can.
async fn worth_nothing_elsewhere(
    storage: &FinanceStorage,
    envelope: Vec<u8>,
    ben: UserId,
    cast: &Cast,
    story: &mut Story,
) -> Result<(), Error> {
    let mut uow = storage.database().begin().await?;
    uow.add(&mut StoredSecret(EncryptedSecretRow {
        id: Auto::Unset,
        user_id: ben.to_string(),
        secret_type: TYPE.to_owned(),
        encrypted_value: EncryptedText::from_envelope(envelope),
        created_at: Auto::Unset,
        updated_at: Auto::Unset,
    }))?;
    uow.commit().await?;
    match open_secret(storage, ben, token_type()?).await {
        Err(Failure::Storage(error)) if error.is_value() => {
            story
                .refused(format!("a copy of it in a row of {}: cannot be decrypted there", cast.ben_moved))?;
        }
        other => return Err(unexpected("that a value is worth nothing elsewhere", other)),
    }
    finance_domain::forget_secret(storage, ben, token_type()?).await?;
    Ok(())
}

async fn envelope_of(storage: &FinanceStorage, owner: UserId) -> Result<Vec<u8>, Error> {
    let owned = EncryptedSecretRow::USER_ID.eq(owner.to_string());
    let stored = storage.database().select::<StoredSecret>().filter(owned).first().await?;
    let envelope = stored.and_then(|StoredSecret(row)| row.encrypted_value.envelope().map(<[u8]>::to_vec));
    envelope.ok_or_else(|| broken("that a secret is kept"))
}

fn token_type() -> Result<SecretType, Error> {
    TYPE.parse().map_err(|_| broken("that a type of a secret is one"))
}
