//! What happens at the same time happens one after the other.

use teams_adapter::TeamsStorage;
use teams_domain::{Failure, Refusal, Role, found_team, leave_team, show_team};

use crate::stage::{at, joined, slug, team, user};

pub(crate) async fn of_two_maintainers_who_leave_one_stays(storage: &TeamsStorage) {
    let (ana, ben) = (user(storage, "Ana").await, user(storage, "Ben").await);
    team(storage, "shop", ana.id).await;
    joined(storage, "shop", ben.id, Role::Maintainer).await;
    let shop = slug("shop");
    let (a, b) = tokio::join!(leave_team(storage, &shop, ana.id), leave_team(storage, &shop, ben.id));
    let failures: Vec<_> = [a, b].into_iter().filter_map(Result::err).collect();
    assert!(matches!(failures.as_slice(), [Failure::Refused(Refusal::LastMaintainer(_))]), "{failures:?}");
    assert_eq!(show_team(storage, &shop).await.expect("the team").members.len(), 1);
}

pub(crate) async fn two_found_a_team_of_one_slug_and_one_of_them_does(storage: &TeamsStorage) {
    let ana = user(storage, "Ana").await;
    let found = |name: &str| found_team(storage, name.parse().expect(name), slug("shop"), ana.id, at(1));
    let (a, b) = tokio::join!(found("One"), found("Two"));
    let failures: Vec<_> = [a, b].into_iter().filter_map(Result::err).collect();
    assert!(matches!(failures.as_slice(), [Failure::Refused(Refusal::SlugTaken(_))]), "{failures:?}");
}
