//! The table `user_team_link`: who is in which team.

use std::time::SystemTime;

use underpin::{ColumnEnum, Table};

use super::{TeamRow, UserRow};

/// A row of `user_team_link`. It goes when either side goes.
#[derive(Debug, Table)]
#[table(name = "user_team_link")]
pub struct UserTeamLinkRow {
    /// Who it is.
    #[column(primary_key, length = 36, references = UserRow::ID, on_delete = cascade)]
    pub user_id: String,
    /// The team.
    #[column(primary_key, length = 36, references = TeamRow::ID, on_delete = cascade, index)]
    pub team_id: String,
    /// What they may do.
    pub role: RoleLabel,
    /// Since when.
    pub since: SystemTime,
}

/// The roles of the domain, as the database knows them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ColumnEnum)]
#[column_enum(name = "team_role")]
pub enum RoleLabel {
    /// Works with what the team owns.
    Member,
    /// Decides about it.
    Maintainer,
}
