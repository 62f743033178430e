//! How many statements it takes.

use teams_adapter::TeamsStorage;
use teams_domain::{ItemKind, Role, Storage, Team, TeamRepository, UnitOfWork, show_team};

use crate::stage::{item, joined, slug, team, user};

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
    for (name, members) in [("small", 1), ("large", 21)] {
        let shown = storage.database().expect_statements(4, show_team(storage, &slug(name))).await;
        let shown = shown.expect("four statements").expect("the team");
        assert_eq!(shown.members.len(), members);
    }
    // Teams and memberships, however many there are.
    let list = async {
        let mut uow = storage.begin().await?;
        uow.teams().list().await
    };
    let teams = storage.database().expect_statements(2, list).await.expect("two statements").expect("teams");
    assert_eq!(teams.len(), 2);
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
}
