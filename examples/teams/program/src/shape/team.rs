//! A team as JSON: in a list, and as a whole.

use serde::Serialize;
use teams_domain::{Membership, Team, TeamOverview};

use super::{ItemShape, UserShape};
use crate::moment::precise;

/// A team in a list.
#[derive(Debug, Serialize)]
pub(crate) struct TeamShape {
    id: String,
    slug: String,
    name: String,
    /// How many are in it.
    members: usize,
}

impl From<&Team> for TeamShape {
    fn from(team: &Team) -> Self {
        Self {
            id: team.id().to_string(),
            slug: team.slug().to_string(),
            name: team.name().to_string(),
            members: team.memberships().len(),
        }
    }
}

/// That somebody is in a team.
#[derive(Debug, Serialize)]
pub(crate) struct MembershipShape {
    /// The id of the user.
    user: String,
    role: &'static str,
    since: String,
}

impl From<&Membership> for MembershipShape {
    fn from(Membership { user, role, since }: &Membership) -> Self {
        Self { user: user.to_string(), role: role.as_str(), since: precise(*since) }
    }
}

/// Somebody in a team.
#[derive(Debug, Serialize)]
struct MemberShape {
    user: UserShape,
    role: &'static str,
    since: String,
}

/// A team with who is in it and what it owns, both by name.
#[derive(Debug, Serialize)]
pub(crate) struct OverviewShape {
    id: String,
    slug: String,
    name: String,
    members: Vec<MemberShape>,
    items: Vec<ItemShape>,
}

impl From<&TeamOverview> for OverviewShape {
    fn from(TeamOverview { team, members, items }: &TeamOverview) -> Self {
        let member = |user: &teams_domain::User| {
            let membership = team.memberships().iter().find(|membership| membership.user == user.id)?;
            let (role, since) = (membership.role.as_str(), precise(membership.since));
            Some(MemberShape { user: user.into(), role, since })
        };
        Self {
            id: team.id().to_string(),
            slug: team.slug().to_string(),
            name: team.name().to_string(),
            members: members.iter().filter_map(member).collect(),
            items: items.iter().map(ItemShape::from).collect(),
        }
    }
}
