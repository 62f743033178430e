//! `teams member`: who is in a team, and what they may do.

use teams_adapter::TeamsStorage;
use teams_domain::{change_role, join_team, leave_team};

use crate::cli::MemberCommand;
use crate::error::{End, Error};
use crate::moment::now;
use crate::output::line;

pub(crate) async fn run(storage: TeamsStorage, command: MemberCommand) -> Result<End, Error> {
    match command {
        MemberCommand::Add { team, user, role } => {
            let joined = join_team(&storage, &team, &user, role, now()).await?;
            line(&format!("{user} is in {} now, as a {role}", joined.slug()))?;
        }
        MemberCommand::Role { team, user, role } => {
            let changed = change_role(&storage, &team, &user, role).await?;
            line(&format!("{user} is a {role} of {} now", changed.slug()))?;
        }
        MemberCommand::Remove { team, user } => {
            let left = leave_team(&storage, &team, &user).await?;
            line(&format!("{user} is not in {} any more", left.slug()))?;
        }
    }
    Ok(End::Done)
}
