//! How many statements it takes.

use teams_adapter::TeamsStorage;
use teams_domain::{ItemKind, Page, Role, Team, list_teams, show_team};

use crate::stage::{item, joined, of, team, user};

pub(crate) async fn a_team_loads_in_as_many_statements_whatever_belongs_to_it(storage: &TeamsStorage) {
    let ana = user(storage, "Ana").await;
    team(storage, "small", ana.id).await;
    item(storage, "small", "one", ItemKind::Service).await;
    team(storage, "large", ana.id).await;
    for number in 0..20 {
        let member = user(storage, &format!("user{number}")).await;
        joined(storage, "large", member.id, Role::Member).await;
        item(storage, "large", &format!("item{number}"), ItemKind::Library).await;
    }
    let statements = || storage.database().status().statements;
    // The team, its memberships, those who have them, and the items.
    for (name, members, items) in [("small", 1, 1), ("large", 21, 20)] {
        let before = statements();
        let shown = show_team(storage, &of(name)).await.expect("the team");
        assert_eq!(statements() - before, 4, "{name}");
        assert_eq!((shown.members.len(), shown.items.len()), (members, items));
    }
    // The teams, and all their memberships.
    for limit in [1, 200] {
        let before = statements();
        list_teams(storage, Page::first(limit).expect("a limit")).await.expect("teams");
        assert_eq!(statements() - before, 2, "{limit}");
    }
}

pub(crate) async fn saving_writes_only_the_membership_that_changed(storage: &TeamsStorage) {
    let (ana, ben, cyd) =
        (user(storage, "Ana").await, user(storage, "Ben").await, user(storage, "Cyd").await);
    let id = team(storage, "shop", ana.id).await.id();
    joined(storage, "shop", ben.id, Role::Member).await;
    joined(storage, "shop", cyd.id, Role::Member).await;
    let mut uow = storage.database().begin().await.expect("the storage works");
    let mut team = uow.get::<Team>(id.to_string()).await.expect("the storage works").expect("the team");
    team.change_role(ben.id, Role::Maintainer).expect("they are in it");
    team.leave(cyd.id).expect("they are in it");
    uow.save(&mut team).expect("it was got here");
    let plan = uow.plan().expect("a plan").to_string();
    assert_eq!(plan, "DELETE user_team_link: 1 row\nUPDATE user_team_link: 1 row, columns role\n");
    uow.commit().await.expect("a plan that works");
    let kept = show_team(storage, &of("shop")).await.expect("the team").team;
    assert_eq!((kept.role(ana.id), kept.role(ben.id)), (Some(Role::Maintainer), Some(Role::Maintainer)));
    assert_eq!(kept.role(cyd.id), None);
}
