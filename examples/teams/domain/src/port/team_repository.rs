//! The port to the teams.

use crate::{Failure, Slug, Team, TeamOverview};

/// The teams, in one unit of work.
pub trait TeamRepository: Send {
    /// What the storage fails with.
    type Error: Send;

    /// The team of a name in addresses, held for this unit of work: nobody else changes it before that ends.
    fn get(&mut self, slug: &Slug)
    -> impl Future<Output = Result<Option<Team>, Failure<Self::Error>>> + Send;

    /// The team with those who are in it and with what it owns, in as many statements whatever their number.
    fn overview(
        &mut self,
        slug: &Slug,
    ) -> impl Future<Output = Result<Option<TeamOverview>, Failure<Self::Error>>> + Send;

    /// All teams with those who are in them, by name, in as many statements whatever their number.
    fn list(&mut self) -> impl Future<Output = Result<Vec<Team>, Failure<Self::Error>>> + Send;

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
