//! `finance verify-email`: notes that an address is its user's.

use std::time::SystemTime;

use finance_adapter::FinanceStorage;
use finance_domain::{UserId, verify_email};

use crate::error::{End, Error};
use crate::output;

pub(crate) async fn run(storage: &FinanceStorage, id: UserId) -> Result<End, Error> {
    let user = verify_email(storage, id, SystemTime::now()).await?;
    output::line(&format!("{} {} verified", user.id(), user.email()))?;
    Ok(End::Done)
}
