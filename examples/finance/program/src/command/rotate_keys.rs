//! `finance rotate-keys`: every secret comes under the primary key.

use std::sync::Arc;

use finance_adapter::{FinanceStorage, secret_column};
use underpin::secrets::{DriverPlace, KeyRing, Rotation, Usage};

use crate::cli::RotateKeys;
use crate::error::{End, Error};
use crate::keys::Kept;
use crate::output;

pub(crate) async fn run(storage: &FinanceStorage, kept: &Kept, asked: &RotateKeys) -> Result<End, Error> {
    let ring = if asked.new_key { with_new_key(kept)? } else { kept.ring.clone() };
    let mut place = DriverPlace::new(Arc::clone(storage.database().driver()));
    let column = secret_column();
    let mut rotation = Rotation::new(&ring).dry_run(asked.dry_run);
    if let Some(rate) = asked.rate {
        rotation = rotation.rate(rate);
    }
    let report = rotation.run(&mut place, &column, |_| {}).await?;
    let verb = if asked.dry_run { "would come" } else { "came" };
    output::line(&format!("{} {verb} under key {}", secrets(report.written), ring.primary()))?;
    if let Some(row) = report.first_refused.first() {
        let what = format!("{} cannot be decrypted: left alone", secrets(report.refused));
        let hint = format!("look at encrypted_secrets where {}: {}", row.key, row.reason);
        return Err(Error::refused(what, hint));
    }
    let left = Usage::count(&mut place, &column).await?.rows_beside(ring.primary());
    if left > 0 && !asked.dry_run {
        let what = format!("{} put under another key meanwhile", secrets(left));
        return Err(Error::refused(what, "see to it that every process has the new keys, and rotate again"));
    }
    Ok(End::Done)
}

fn with_new_key(kept: &Kept) -> Result<KeyRing, Error> {
    let Some(file) = &kept.file else {
        let hint = "give --key-file, or add a key where UNDERPIN_KEYS is set";
        return Err(Error::mistake("a new key can be added to a key file only", hint));
    };
    let active = kept.ring.with_new_key()?;
    let newest = active.keys().map(|key| key.id).max().unwrap_or_default();
    let ring = active.promote(newest)?;
    ring.replace_file(file)?;
    Ok(ring)
}

fn secrets(count: u64) -> String {
    if count == 1 { "1 secret".to_owned() } else { format!("{count} secrets") }
}
