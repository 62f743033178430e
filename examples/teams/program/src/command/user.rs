//! `teams user`: those who can be in teams.

use serde_json::json;
use teams_adapter::TeamsStorage;
use teams_domain::{Page, User, add_user, list_users, remove_user, show_user};

use super::{next, wrong_limit};
use crate::cli::{Format, UserCommand};
use crate::error::{End, Error};
use crate::output::{Column, Listing, line, note, shown};
use crate::shape::UserShape;

const COLUMNS: [Column; 3] = [Column::new("NAME", 20), Column::new("ADDRESS", 28), Column::last("ID")];

pub(crate) async fn run(storage: TeamsStorage, command: UserCommand) -> Result<End, Error> {
    match command {
        UserCommand::Add { name, email } => {
            let user = add_user(&storage, name, email).await?;
            line(&user.id.to_string())?;
        }
        UserCommand::List { page, listing } => {
            let first = Page::first(page.limit).map_err(wrong_limit)?;
            let users = list_users(&storage, first.behind(page.after)).await?;
            tell(&users, listing.format)?;
            if let Some(id) = next(&users, first.limit(), |user| user.id) {
                note(&format!("the next page: --after {id}"));
            }
        }
        UserCommand::Show { user, listing } => tell(&[show_user(&storage, &user).await?], listing.format)?,
        UserCommand::Remove { user } => {
            remove_user(&storage, &user).await?;
            line(&format!("removed {user}"))?;
        }
    }
    Ok(End::Done)
}

fn tell(users: &[User], format: Format) -> Result<(), Error> {
    let mut listing = Listing::begin(format, &COLUMNS)?;
    users.iter().try_for_each(|user| listing.push(|| cells(user), || json!(UserShape::from(user))))?;
    Ok(listing.end()?)
}

fn cells(User { id, name, email }: &User) -> [String; 3] {
    [shown(name.as_str()), shown(email.as_str()), id.to_string()]
}
