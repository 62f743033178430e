//! What happens at the same time happens one after the other.

use teams_adapter::TeamsStorage;
use teams_domain::{
    Failure, Refusal, Role, found_team, join_team, leave_team, remove_user, show_team, show_user,
};

use crate::stage::{at, joined, of, slug, team, user};

/// How often a race is run: each is a real one, on connections of its own.
const RACES: usize = 8;

pub(crate) async fn of_two_maintainers_who_leave_one_stays(storage: &TeamsStorage) {
    let (ana, ben) = (user(storage, "Ana").await, user(storage, "Ben").await);
    for race in 0..RACES {
        let name = format!("shop{race}");
        team(storage, &name, ana.id).await;
        joined(storage, &name, ben.id, Role::Maintainer).await;
        let (shop, ana, ben) = (of(&name), ana.id.into(), ben.id.into());
        let (a, b) = tokio::join!(leave_team(storage, &shop, &ana), leave_team(storage, &shop, &ben));
        let failures: Vec<_> = [a, b].into_iter().filter_map(Result::err).collect();
        assert!(
            matches!(failures.as_slice(), [Failure::Refused(Refusal::LastMaintainer { .. })]),
            "{failures:?}"
        );
        assert_eq!(show_team(storage, &shop).await.expect("the team").members.len(), 1);
    }
}

pub(crate) async fn of_two_maintainers_who_are_removed_one_stays(storage: &TeamsStorage) {
    for race in 0..RACES {
        let name = format!("shop{race}");
        let (ana, ben) =
            (user(storage, &format!("Ana{race}")).await, user(storage, &format!("Ben{race}")).await);
        team(storage, &name, ana.id).await;
        joined(storage, &name, ben.id, Role::Maintainer).await;
        let (ana, ben) = (ana.id.into(), ben.id.into());
        let (a, b) = tokio::join!(remove_user(storage, &ana), remove_user(storage, &ben));
        let failures: Vec<_> = [a, b].into_iter().filter_map(Result::err).collect();
        assert!(
            matches!(failures.as_slice(), [Failure::Refused(Refusal::LastMaintainer { .. })]),
            "{failures:?}"
        );
        assert_eq!(show_team(storage, &of(&name)).await.expect("the team").members.len(), 1);
    }
}

pub(crate) async fn who_joins_while_they_are_removed_is_in_no_team_or_stays(storage: &TeamsStorage) {
    let ana = user(storage, "Ana").await;
    team(storage, "shop", ana.id).await;
    for race in 0..RACES {
        let id = user(storage, &format!("Ben{race}")).await.id;
        let (ben, shop) = (id.into(), of("shop"));
        let (joined, removed) =
            tokio::join!(join_team(storage, &shop, &ben, Role::Member, at(3)), remove_user(storage, &ben));
        removed.expect("somebody else maintains the team");
        assert!(matches!(joined, Ok(_) | Err(Failure::Refused(Refusal::UserNotFound(_)))), "{joined:?}");
        assert!(show_user(storage, &ben).await.is_err());
        assert_eq!(show_team(storage, &shop).await.expect("the team").team.role(id), None);
    }
}

pub(crate) async fn two_found_a_team_of_one_slug_and_one_of_them_does(storage: &TeamsStorage) {
    let ana = user(storage, "Ana").await.id.into();
    let found = |name: &str| found_team(storage, name.parse().expect(name), slug("shop"), &ana, at(1));
    let (a, b) = tokio::join!(found("One"), found("Two"));
    let failures: Vec<_> = [a, b].into_iter().filter_map(Result::err).collect();
    assert!(matches!(failures.as_slice(), [Failure::Refused(Refusal::SlugTaken(_))]), "{failures:?}");
}
