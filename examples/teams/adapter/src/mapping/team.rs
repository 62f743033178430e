//! How a team is stored: a row of its own, and one for each membership.

use teams_domain::{Membership, Role, Team, TeamState};
use underpin::{Aggregate, Events, ManyToMany, MappingError};

use crate::Db;
use crate::row::{RoleLabel, TeamRow, UserTeamLinkRow};

impl Aggregate<Db> for Team {
    type Row = TeamRow;
    type Parts = (ManyToMany<UserTeamLinkRow>,);

    fn to_rows(&self) -> (TeamRow, Self::Parts) {
        let TeamState { id, name, slug, memberships } = self.state();
        let link = |membership: &Membership| {
            let Membership { user, role, since } = *membership;
            let role = match role {
                Role::Member => RoleLabel::Member,
                Role::Maintainer => RoleLabel::Maintainer,
            };
            UserTeamLinkRow { user_id: user.to_string(), team_id: id.to_string(), role, since }
        };
        let row = TeamRow { id: id.to_string(), name: name.to_string(), slug: slug.to_string() };
        (row, (memberships.iter().map(link).collect(),))
    }

    fn from_rows(row: TeamRow, (links,): Self::Parts) -> Result<Self, MappingError> {
        let membership = |link: UserTeamLinkRow| {
            let UserTeamLinkRow { user_id, team_id: _, role, since } = link;
            let role = match role {
                RoleLabel::Member => Role::Member,
                RoleLabel::Maintainer => Role::Maintainer,
            };
            Ok::<_, MappingError>(Membership { user: user_id.parse()?, role, since })
        };
        let TeamRow { id, name, slug } = row;
        Ok(Self::restore(TeamState {
            id: id.parse()?,
            name: name.parse()?,
            slug: slug.parse()?,
            memberships: links.into_iter().map(membership).collect::<Result<_, _>>()?,
        }))
    }
}

impl Events<Db> for Team {}
