//! The port to the teams.

use crate::{Failure, Page, Team, TeamOverview, TeamRef, UserId};

/// The teams, in one unit of work.
pub trait TeamRepository: Send {
    /// What the storage fails with.
    type Error: Send;

    /// A team, held for this unit of work: nobody else changes it before that ends.
    fn get(
        &mut self,
        team: &TeamRef,
    ) -> impl Future<Output = Result<Option<Team>, Failure<Self::Error>>> + Send;

    /// A team, to be looked at.
    fn find(
        &mut self,
        team: &TeamRef,
    ) -> impl Future<Output = Result<Option<Team>, Failure<Self::Error>>> + Send;

    /// The teams that somebody is in, held as by [`get`](Self::get).
    fn of(&mut self, user: UserId) -> impl Future<Output = Result<Vec<Team>, Failure<Self::Error>>> + Send;

    /// A team with those who are in it and with what it owns, in as many statements whatever their number.
    fn overview(
        &mut self,
        team: &TeamRef,
    ) -> impl Future<Output = Result<Option<TeamOverview>, Failure<Self::Error>>> + Send;

    /// A page of all teams with who is in them, in the order in which they were founded, in as many statements whatever
    /// their number.
    fn list(
        &mut self,
        page: Page<Team>,
    ) -> impl Future<Output = Result<Vec<Team>, Failure<Self::Error>>> + Send;

    /// Takes in a new team.
    ///
    /// # Errors
    /// If another team has that name in addresses.
    fn add(&mut self, team: &mut Team) -> impl Future<Output = Result<(), Failure<Self::Error>>> + Send;

    /// Takes in what has changed in a team.
    ///
    /// # Errors
    /// If it was neither added nor got here.
    fn save(&mut self, team: &mut Team) -> Result<(), Failure<Self::Error>>;

    /// Forgets a team and who was in it.
    ///
    /// # Errors
    /// If it owns items.
    fn remove(&mut self, team: &mut Team) -> impl Future<Output = Result<(), Failure<Self::Error>>> + Send;
}
