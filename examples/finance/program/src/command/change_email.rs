//! `finance change-email`: gives a user another address.

use std::time::SystemTime;

use finance_adapter::FinanceStorage;
use finance_domain::{Email, UserId, change_email};

use crate::error::{End, Error};
use crate::output;

pub(crate) async fn run(storage: &FinanceStorage, id: UserId, email: Email) -> Result<End, Error> {
    let user = change_email(storage, id, email, SystemTime::now()).await?;
    let verified = if user.email_verified() { "verified" } else { "to be verified" };
    output::line(&format!("{} {} {verified}", user.id(), user.email()))?;
    Ok(End::Done)
}
