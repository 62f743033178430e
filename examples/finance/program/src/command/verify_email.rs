//! `finance verify-email`: notes that an address is its user's.

use std::io::{self, Write};
use std::time::SystemTime;

use finance_adapter::FinanceStorage;
use finance_domain::{UserId, verify_email};

use crate::error::{End, Error};

pub(crate) async fn run(storage: &FinanceStorage, id: UserId) -> Result<End, Error> {
    let user = verify_email(storage, id, SystemTime::now()).await?;
    writeln!(io::stdout(), "{} {} verified", user.id(), user.email())?;
    Ok(End::Done)
}
