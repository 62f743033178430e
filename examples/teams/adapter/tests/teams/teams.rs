//! Teams and who is in them.

use teams_adapter::TeamsStorage;
use teams_domain::{
    Failure, ItemKind, Refusal, Role, Storage, TeamRepository, UnitOfWork, UserId, change_role, delete_team,
    found_team, join_team, leave_team, show_team,
};

use crate::stage::{at, item, joined, slug, team, user};

fn refusal<T: std::fmt::Debug>(result: Result<T, Failure<underpin::Error>>) -> Refusal {
    match result {
        Err(Failure::Refused(refusal)) => refusal,
        other => panic!("not refused: {other:?}"),
    }
}

pub(crate) async fn a_team_is_kept_as_it_is(storage: &TeamsStorage) {
    let (ana, ben) = (user(storage, "Ana").await, user(storage, "Ben").await);
    team(storage, "shop", ana.id).await;
    let kept = joined(storage, "shop", ben.id, Role::Member).await;
    let found = show_team(storage, &slug("shop")).await.expect("the team");
    assert_eq!(
        (found.team.id(), found.team.name(), found.team.slug()),
        (kept.id(), kept.name(), kept.slug())
    );
    assert_eq!(found.team.role(ana.id), Some(Role::Maintainer));
    assert_eq!(found.team.role(ben.id), Some(Role::Member));
    let since: Vec<_> = found.team.memberships().iter().map(|membership| membership.since).collect();
    assert!(since.contains(&at(1)) && since.contains(&at(2)) && since.len() == 2);
    assert_eq!((found.members, found.items), (vec![ana, ben], vec![]));
}

pub(crate) async fn a_slug_belongs_to_one_team(storage: &TeamsStorage) {
    let ana = user(storage, "Ana").await;
    team(storage, "shop", ana.id).await;
    let name = "Another".parse().expect("a name");
    let second = found_team(storage, name, slug("shop"), ana.id, at(2)).await;
    assert_eq!(refusal(second), Refusal::SlugTaken(slug("shop")));
}

pub(crate) async fn a_stranger_founds_no_team(storage: &TeamsStorage) {
    let stranger = UserId::new();
    let name = "Shop".parse().expect("a name");
    let founded = found_team(storage, name, slug("shop"), stranger, at(1)).await;
    assert_eq!(refusal(founded), Refusal::UserNotFound(stranger));
    assert_eq!(refusal(show_team(storage, &slug("shop")).await), Refusal::TeamNotFound(slug("shop")));
}

pub(crate) async fn people_come_and_go(storage: &TeamsStorage) {
    let (ana, ben) = (user(storage, "Ana").await, user(storage, "Ben").await);
    team(storage, "shop", ana.id).await;
    team(storage, "web", ben.id).await;
    joined(storage, "shop", ben.id, Role::Member).await;
    let again = join_team(storage, &slug("shop"), ben.id, Role::Member, at(3)).await;
    assert_eq!(refusal(again), Refusal::AlreadyMember(ben.id));
    change_role(storage, &slug("shop"), ben.id, Role::Maintainer).await.expect("they are in it");
    leave_team(storage, &slug("shop"), ana.id).await.expect("somebody is left");
    let left = leave_team(storage, &slug("shop"), ana.id).await;
    assert_eq!(refusal(left), Refusal::NoMember(ana.id));
    let mut uow = storage.begin().await.expect("the storage works");
    let teams = uow.teams().list().await.expect("teams");
    let roles: Vec<_> = teams.iter().map(|team| (team.role(ana.id), team.role(ben.id))).collect();
    assert_eq!(roles, [(None, Some(Role::Maintainer)), (None, Some(Role::Maintainer))]);
}

pub(crate) async fn the_last_maintainer_stays(storage: &TeamsStorage) {
    let (ana, ben) = (user(storage, "Ana").await, user(storage, "Ben").await);
    team(storage, "shop", ana.id).await;
    joined(storage, "shop", ben.id, Role::Member).await;
    let left = leave_team(storage, &slug("shop"), ana.id).await;
    assert_eq!(refusal(left), Refusal::LastMaintainer(ana.id));
    let kept = show_team(storage, &slug("shop")).await.expect("the team").team;
    assert_eq!(kept.role(ana.id), Some(Role::Maintainer));
}

pub(crate) async fn a_team_that_owns_something_stays(storage: &TeamsStorage) {
    let ana = user(storage, "Ana").await;
    team(storage, "shop", ana.id).await;
    let owned = item(storage, "shop", "till", ItemKind::Service).await;
    assert_eq!(refusal(delete_team(storage, &slug("shop")).await), Refusal::OwnsItems(slug("shop")));
    let kept = show_team(storage, &slug("shop")).await.expect("the team");
    assert_eq!((kept.members, kept.items), (vec![ana], vec![owned]));
}

pub(crate) async fn a_team_that_owns_nothing_goes_with_its_memberships(storage: &TeamsStorage) {
    let ana = user(storage, "Ana").await;
    team(storage, "shop", ana.id).await;
    delete_team(storage, &slug("shop")).await.expect("it owns nothing");
    assert_eq!(refusal(delete_team(storage, &slug("shop")).await), Refusal::TeamNotFound(slug("shop")));
    // Its name is free again, and nobody is in the new one by an old membership.
    let ben = user(storage, "Ben").await;
    team(storage, "shop", ben.id).await;
    assert_eq!(show_team(storage, &slug("shop")).await.expect("the team").members, [ben]);
}
