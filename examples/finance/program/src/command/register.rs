//! `finance register`: registers users.

use std::time::SystemTime;

use finance_adapter::FinanceStorage;
use finance_domain::{Email, Failure, register};

use crate::error::{End, Error};
use crate::output;

/// Each in a unit of work of their own, so that one who is refused holds up nobody.
pub(crate) async fn run(storage: &FinanceStorage, emails: Vec<Email>) -> Result<End, Error> {
    let mut end = End::Done;
    for email in emails {
        match register(storage, email.clone(), SystemTime::now()).await {
            Ok(user) => output::line(&format!("{} {}", user.id(), user.email()))?,
            Err(Failure::EmailTaken(refused)) => {
                output::tell(&Error::refused(
                    format!("{email}: {refused}"),
                    "`finance users` lists those that are there",
                ));
                end = End::Refused;
            }
            Err(failure) => return Err(failure.into()),
        }
    }
    Ok(end)
}
