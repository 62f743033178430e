//! Users: an address belongs to one of them.

use teams_adapter::TeamsStorage;
use teams_domain::{Page, Refusal, UserId, add_user, list_users, show_user};

use crate::stage::user;
use crate::teams::refusal;

pub(crate) async fn an_address_belongs_to_one_user(storage: &TeamsStorage) {
    let ana = user(storage, "Ana").await;
    let second = add_user(storage, "Another".parse().expect("a name"), ana.email.clone()).await;
    assert_eq!(refusal(second), Refusal::EmailTaken(ana.email.clone()));
    let all = Page::first(200).expect("a limit");
    assert_eq!(list_users(storage, all).await.expect("users"), [ana]);
}

pub(crate) async fn a_user_is_found_by_id_and_by_address(storage: &TeamsStorage) {
    let ana = user(storage, "Ana").await;
    user(storage, "Ben").await;
    for named in [ana.id.into(), ana.email.clone().into()] {
        assert_eq!(show_user(storage, &named).await.expect("the user"), ana);
    }
    let stranger = UserId::new().into();
    assert_eq!(refusal(show_user(storage, &stranger).await), Refusal::UserNotFound(stranger));
}

pub(crate) async fn users_come_in_pages(storage: &TeamsStorage) {
    let mut ids = Vec::new();
    for name in ["Eva", "Ana", "Cyd", "Ben"] {
        ids.push(user(storage, name).await.id);
    }
    let page = Page::first(3).expect("a limit");
    let seen = |users: Vec<teams_domain::User>| users.iter().map(|user| user.id).collect::<Vec<_>>();
    assert_eq!(seen(list_users(storage, page).await.expect("users")), ids[..3]);
    assert_eq!(seen(list_users(storage, page.behind(Some(ids[2]))).await.expect("users")), ids[3..]);
    assert_eq!(seen(list_users(storage, page.behind(Some(ids[3]))).await.expect("users")), []);
}
