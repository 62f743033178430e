//! `finance users`: lists the users.

use finance_adapter::FinanceStorage;
use finance_adapter::row::UserRow;
use finance_domain::User;
use serde_json::json;

use crate::cli::Format;
use crate::error::{End, Error};
use crate::output::{Column, Listing, readable};
use crate::user_shape::UserShape;

/// How many are in memory at a time.
const PAGE: u64 = 500;

const COLUMNS: [Column; 4] =
    [Column::new("ID", 31), Column::new("VERIFIED", 8), Column::new("REGISTERED", 20), Column::last("EMAIL")];

pub(crate) async fn run(storage: &FinanceStorage, format: Format) -> Result<End, Error> {
    let mut listing = Listing::begin(format, &COLUMNS)?;
    let mut last: Option<String> = None;
    loop {
        let page = storage.database().select::<User>().filter_some(last.take(), |last| UserRow::ID.gt(last));
        let users = page.order_by(UserRow::ID.asc()).limit(PAGE).all().await?;
        users.iter().try_for_each(|user| listing.push(|| cells(user), || json!(UserShape::from(user))))?;
        match users.last() {
            Some(user) => last = Some(user.id().to_string()),
            None => break,
        }
    }
    listing.end()?;
    Ok(End::Done)
}

fn cells(user: &User) -> [String; 4] {
    let state = user.state();
    let verified = if state.email_verified { "yes" } else { "no" };
    [state.id.to_string(), verified.to_owned(), readable(state.created_at), state.email.to_string()]
}
