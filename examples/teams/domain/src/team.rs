//! A team and who is in it.

use std::time::SystemTime;

use underpin_id::{Id, Prefix};

use crate::{Membership, Name, Refusal, Role, Slug, UserId};

/// The id of a team: `team_` and 26 letters and digits.
pub type TeamId = Id<Team>;

/// A team: its name, and who is in it. It always has a maintainer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Team(TeamState);

/// All that a team is made of, for whoever keeps it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TeamState {
    /// Its id.
    pub id: TeamId,
    /// What it is called.
    pub name: Name,
    /// What it is called in addresses; no two teams have the same.
    pub slug: Slug,
    /// Who is in it, each once.
    pub memberships: Vec<Membership>,
}

impl Prefix for Team {
    const PREFIX: &'static str = "team";
}

impl Team {
    /// A new team. Whoever founds it maintains it.
    #[must_use]
    pub fn found(name: Name, slug: Slug, founder: UserId, now: SystemTime) -> Self {
        let membership = Membership { user: founder, role: Role::Maintainer, since: now };
        Self(TeamState { id: TeamId::new(), name, slug, memberships: vec![membership] })
    }

    /// A team that was kept.
    #[must_use]
    pub fn restore(state: TeamState) -> Self {
        Self(state)
    }

    /// All that it is made of.
    #[must_use]
    pub fn state(&self) -> &TeamState {
        &self.0
    }

    /// Its id.
    #[must_use]
    pub fn id(&self) -> TeamId {
        self.0.id
    }

    /// What it is called.
    #[must_use]
    pub fn name(&self) -> &Name {
        &self.0.name
    }

    /// What it is called in addresses.
    #[must_use]
    pub fn slug(&self) -> &Slug {
        &self.0.slug
    }

    /// Who is in it.
    #[must_use]
    pub fn memberships(&self) -> &[Membership] {
        &self.0.memberships
    }

    /// What somebody may do in it, if they are in it.
    #[must_use]
    pub fn role(&self, user: UserId) -> Option<Role> {
        self.0.memberships.iter().find(|membership| membership.user == user).map(|membership| membership.role)
    }

    /// Somebody joins.
    ///
    /// # Errors
    /// If they are in it already.
    pub fn join(&mut self, user: UserId, role: Role, now: SystemTime) -> Result<(), Refusal> {
        if self.role(user).is_some() {
            return Err(Refusal::AlreadyMember(user));
        }
        self.0.memberships.push(Membership { user, role, since: now });
        Ok(())
    }

    /// Somebody leaves.
    ///
    /// # Errors
    /// If they are not in it, or if nobody would be left who maintains it.
    pub fn leave(&mut self, user: UserId) -> Result<(), Refusal> {
        self.check_maintained_without(user)?;
        self.0.memberships.retain(|membership| membership.user != user);
        Ok(())
    }

    /// Somebody may do something else from now on.
    ///
    /// # Errors
    /// If they are not in it, or if nobody would be left who maintains it.
    pub fn change_role(&mut self, user: UserId, role: Role) -> Result<(), Refusal> {
        if role == Role::Member {
            self.check_maintained_without(user)?;
        }
        let membership = self.0.memberships.iter_mut().find(|membership| membership.user == user);
        membership.ok_or(Refusal::NoMember(user))?.role = role;
        Ok(())
    }

    fn check_maintained_without(&self, user: UserId) -> Result<(), Refusal> {
        let role = self.role(user).ok_or(Refusal::NoMember(user))?;
        let others = self.0.memberships.iter().filter(|membership| membership.user != user);
        let maintained = others.into_iter().any(|membership| membership.role == Role::Maintainer);
        if role == Role::Maintainer && !maintained {
            return Err(Refusal::LastMaintainer { user, team: self.slug().clone() });
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn team() -> (Team, UserId) {
        let founder = UserId::new();
        let name = "Web shop".parse().expect("a name");
        let slug = "web-shop".parse().expect("a slug");
        (Team::found(name, slug, founder, SystemTime::UNIX_EPOCH), founder)
    }

    #[test]
    fn whoever_founds_a_team_maintains_it() {
        let (team, founder) = team();
        assert_eq!(team.role(founder), Some(Role::Maintainer));
        assert_eq!(team.role(UserId::new()), None);
    }

    #[test]
    fn nobody_is_in_a_team_twice() {
        let (mut team, founder) = team();
        let refused = team.join(founder, Role::Member, SystemTime::UNIX_EPOCH);
        assert_eq!(refused, Err(Refusal::AlreadyMember(founder)));
        assert_eq!(team.memberships().len(), 1);
    }

    #[test]
    fn the_last_maintainer_can_neither_leave_nor_step_down() {
        let (mut team, founder) = team();
        let other = UserId::new();
        assert_eq!(team.join(other, Role::Member, SystemTime::UNIX_EPOCH), Ok(()));
        let last = |user| Err(Refusal::LastMaintainer { user, team: "web-shop".parse().expect("a slug") });
        assert_eq!(team.leave(founder), last(founder));
        assert_eq!(team.change_role(founder, Role::Member), last(founder));
        assert_eq!(team.change_role(founder, Role::Maintainer), Ok(()));
        assert_eq!(team.change_role(other, Role::Maintainer), Ok(()));
        assert_eq!(team.leave(founder), Ok(()));
        assert_eq!(team.leave(other), last(other));
    }

    #[test]
    fn a_stranger_has_nothing_to_leave() {
        let (mut team, _) = team();
        let stranger = UserId::new();
        assert_eq!(team.leave(stranger), Err(Refusal::NoMember(stranger)));
        assert_eq!(team.change_role(stranger, Role::Member), Err(Refusal::NoMember(stranger)));
        assert_eq!(team.change_role(stranger, Role::Maintainer), Err(Refusal::NoMember(stranger)));
    }
}
