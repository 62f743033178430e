//! Teams and who is in them.

use teams_adapter::TeamsStorage;
use teams_domain::{
    Failure, ItemKind, Page, Refusal, Role, TeamId, UserId, change_role, delete_team, found_team, join_team,
    leave_team, list_teams, remove_user, show_team, show_user,
};

use crate::stage::{at, item, joined, of, slug, team, user};

pub(crate) fn refusal<T: std::fmt::Debug>(result: Result<T, Failure<underpin::Error>>) -> Refusal {
    match result {
        Err(Failure::Refused(refusal)) => refusal,
        other => panic!("not refused: {other:?}"),
    }
}

pub(crate) async fn a_team_is_kept_as_it_is(storage: &TeamsStorage) {
    let (ana, ben) = (user(storage, "Ana").await, user(storage, "Ben").await);
    team(storage, "shop", ana.id).await;
    let kept = joined(storage, "shop", ben.id, Role::Member).await;
    let found = show_team(storage, &of("shop")).await.expect("the team");
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
    let second = found_team(storage, name, slug("shop"), &ana.id.into(), at(2)).await;
    assert_eq!(refusal(second), Refusal::SlugTaken(slug("shop")));
}

pub(crate) async fn a_stranger_founds_no_team(storage: &TeamsStorage) {
    let stranger = UserId::new();
    let name = "Shop".parse().expect("a name");
    let founded = found_team(storage, name, slug("shop"), &stranger.into(), at(1)).await;
    assert_eq!(refusal(founded), Refusal::UserNotFound(stranger.into()));
    assert_eq!(refusal(show_team(storage, &of("shop")).await), Refusal::TeamNotFound(of("shop")));
}

pub(crate) async fn people_come_and_go(storage: &TeamsStorage) {
    let (ana, ben) = (user(storage, "Ana").await, user(storage, "Ben").await);
    team(storage, "shop", ana.id).await;
    team(storage, "web", ben.id).await;
    joined(storage, "shop", ben.id, Role::Member).await;
    let again = join_team(storage, &of("shop"), &ben.id.into(), Role::Member, at(3)).await;
    assert_eq!(refusal(again), Refusal::AlreadyMember(ben.id));
    change_role(storage, &of("shop"), &ben.id.into(), Role::Maintainer).await.expect("they are in it");
    leave_team(storage, &of("shop"), &ana.id.into()).await.expect("somebody is left");
    let left = leave_team(storage, &of("shop"), &ana.id.into()).await;
    assert_eq!(refusal(left), Refusal::NoMember(ana.id));
    let teams = list_teams(storage, Page::first(200).expect("a limit")).await.expect("teams");
    let roles: Vec<_> = teams.iter().map(|team| (team.role(ana.id), team.role(ben.id))).collect();
    assert_eq!(roles, [(None, Some(Role::Maintainer)), (None, Some(Role::Maintainer))]);
}

pub(crate) async fn the_last_maintainer_stays(storage: &TeamsStorage) {
    let (ana, ben) = (user(storage, "Ana").await, user(storage, "Ben").await);
    team(storage, "shop", ana.id).await;
    joined(storage, "shop", ben.id, Role::Member).await;
    let left = leave_team(storage, &of("shop"), &ana.id.into()).await;
    assert_eq!(refusal(left), Refusal::LastMaintainer { user: ana.id, team: slug("shop") });
    let kept = show_team(storage, &of("shop")).await.expect("the team").team;
    assert_eq!(kept.role(ana.id), Some(Role::Maintainer));
}

pub(crate) async fn a_team_that_owns_something_stays(storage: &TeamsStorage) {
    let ana = user(storage, "Ana").await;
    team(storage, "shop", ana.id).await;
    let owned = item(storage, "shop", "till", ItemKind::Service).await;
    assert_eq!(refusal(delete_team(storage, &of("shop")).await), Refusal::OwnsItems(slug("shop")));
    let kept = show_team(storage, &of("shop")).await.expect("the team");
    assert_eq!((kept.members, kept.items), (vec![ana], vec![owned]));
}

pub(crate) async fn a_team_that_owns_nothing_goes_with_its_memberships(storage: &TeamsStorage) {
    let ana = user(storage, "Ana").await;
    team(storage, "shop", ana.id).await;
    delete_team(storage, &of("shop")).await.expect("it owns nothing");
    assert_eq!(refusal(delete_team(storage, &of("shop")).await), Refusal::TeamNotFound(of("shop")));
    // Its name is free again, and nobody is in the new one by an old membership.
    let ben = user(storage, "Ben").await;
    team(storage, "shop", ben.id).await;
    assert_eq!(show_team(storage, &of("shop")).await.expect("the team").members, [ben]);
}

pub(crate) async fn a_team_is_found_by_its_slug_and_by_its_id(storage: &TeamsStorage) {
    let ana = user(storage, "Ana").await;
    let shop = team(storage, "shop", ana.id).await;
    for named in [of("shop"), shop.id().into()] {
        assert_eq!(show_team(storage, &named).await.expect("the team").team, shop);
    }
    let foreign = TeamId::new();
    assert_eq!(refusal(show_team(storage, &foreign.into()).await), Refusal::TeamNotFound(foreign.into()));
}

pub(crate) async fn teams_come_in_pages(storage: &TeamsStorage) {
    let ana = user(storage, "Ana").await;
    for number in 0..5 {
        team(storage, &format!("team{number}"), ana.id).await;
    }
    let (mut seen, mut page) = (Vec::new(), Page::first(2).expect("a limit"));
    loop {
        let teams = list_teams(storage, page).await.expect("teams");
        page = page.behind(teams.last().map(|team| team.id()));
        seen.extend(teams.iter().map(|team| (team.slug().to_string(), team.memberships().len())));
        if teams.len() < 2 {
            break;
        }
    }
    assert_eq!(seen, [0, 1, 2, 3, 4].map(|number| (format!("team{number}"), 1)));
}

pub(crate) async fn who_is_removed_leaves_their_teams(storage: &TeamsStorage) {
    let (ana, ben) = (user(storage, "Ana").await, user(storage, "Ben").await);
    for name in ["shop", "web"] {
        team(storage, name, ana.id).await;
    }
    joined(storage, "shop", ben.id, Role::Maintainer).await;
    let kept = Refusal::LastMaintainer { user: ana.id, team: slug("web") };
    assert_eq!(refusal(remove_user(storage, &ana.id.into()).await), kept);
    assert_eq!(show_team(storage, &of("shop")).await.expect("the team").members, [ana.clone(), ben.clone()]);
    delete_team(storage, &of("web")).await.expect("it owns nothing");
    remove_user(storage, &ana.id.into()).await.expect("somebody else maintains the team");
    assert_eq!(show_team(storage, &of("shop")).await.expect("the team").members, [ben]);
    assert_eq!(refusal(show_user(storage, &ana.id.into()).await), Refusal::UserNotFound(ana.id.into()));
}

/// What came back of a commit, or was read, is complete: it needs no connection any more.
pub(crate) async fn what_was_committed_can_be_used(storage: &TeamsStorage) {
    let (ana, ben) = (user(storage, "Ana").await, user(storage, "Ben").await);
    team(storage, "shop", ana.id).await;
    item(storage, "shop", "till", ItemKind::Service).await;
    let mut shop = joined(storage, "shop", ben.id, Role::Member).await;
    let overview = show_team(storage, &of("shop")).await.expect("the team");
    let before = storage.database().status();
    assert_eq!((shop.role(ben.id), shop.memberships().len()), (Some(Role::Member), 2));
    assert_eq!((overview.members.len(), overview.items[0].name.as_str()), (2, "till"));
    shop.change_role(ben.id, Role::Maintainer).expect("they are in it");
    shop.leave(ana.id).expect("somebody is left");
    assert_eq!(shop.role(ana.id), None);
    let after = storage.database().status();
    assert_eq!((after.statements, after.round_trips), (before.statements, before.round_trips));
    // And a change that nobody has saved is nobody's.
    assert_eq!(show_team(storage, &of("shop")).await.expect("the team"), overview);
}
