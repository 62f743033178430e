//! `finance users`: lists the users.

use finance_adapter::FinanceStorage;
use finance_adapter::row::UserRow;
use finance_domain::User;
use serde_json::json;

use crate::cli::Part;
use crate::error::{End, Error};
use crate::output::{Column, Listing, next_page, readable};
use crate::user_shape::UserShape;

const COLUMNS: [Column; 4] =
    [Column::new("ID", 31), Column::new("VERIFIED", 8), Column::new("REGISTERED", 20), Column::last("EMAIL")];

pub(crate) async fn run(storage: &FinanceStorage, part: &Part) -> Result<End, Error> {
    let users = storage.database().select::<User>().order_by(UserRow::ID.asc());
    let page = users.page(part.limit, part.after.as_ref()).await?;
    let mut listing = Listing::begin(part.listing.format, &COLUMNS)?;
    page.items.iter().try_for_each(|user| listing.push(|| cells(user), || json!(UserShape::from(user))))?;
    listing.end()?;
    next_page(page.next.as_ref());
    Ok(End::Done)
}

fn cells(user: &User) -> [String; 4] {
    let state = user.state();
    let verified = if state.email_verified { "yes" } else { "no" };
    [state.id.to_string(), verified.to_owned(), readable(state.created_at), state.email.to_string()]
}
