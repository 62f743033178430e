//! What teams own.

use std::collections::BTreeMap;

use teams_adapter::{KnownRepositories, TeamsStorage};
use teams_domain::{
    Attribute, Attributes, CatalogItemId, Description, FoundRepository, ItemChange, ItemKind, Page, Refusal,
    TeamId, add_item, change_item, delete_team, import_items, list_items, remove_item, show_item, show_team,
};

use crate::stage::{draft, item, of, team, user};
use crate::teams::refusal;

fn attributes(pairs: impl IntoIterator<Item = (&'static str, Attribute)>) -> Attributes {
    let map: BTreeMap<_, _> = pairs.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    Attributes::try_from(map).expect("within bounds")
}

pub(crate) async fn an_item_is_kept_as_it_is(storage: &TeamsStorage) {
    let ana = user(storage, "Ana").await;
    team(storage, "shop", ana.id).await;
    let nested = BTreeMap::from([("ä \"quoted\"".to_owned(), Attribute::Nothing)]);
    let mut till = draft("till", ItemKind::Dataset);
    till.description = "Takes the money;\nall of it.".parse().expect("a description");
    till.attributes = attributes([
        ("tier", Attribute::Number(-1)),
        ("public", Attribute::Flag(true)),
        ("tags", Attribute::List(vec![Attribute::Text("it's".to_owned()), Attribute::Map(nested)])),
    ]);
    let kept = add_item(storage, &of("shop"), till).await.expect("the team is there");
    assert_eq!(show_item(storage, kept.id).await.expect("the item"), kept);
    assert_eq!(show_team(storage, &of("shop")).await.expect("the team").items, [kept]);
}

pub(crate) async fn items_are_listed_by_owner_and_kind_in_pages(storage: &TeamsStorage) {
    let ana = user(storage, "Ana").await;
    let shop = team(storage, "shop", ana.id).await;
    team(storage, "web", ana.id).await;
    item(storage, "shop", "b", ItemKind::Service).await;
    item(storage, "shop", "a", ItemKind::Library).await;
    item(storage, "web", "c", ItemKind::Service).await;
    let (shop_by_id, shop) = (shop.id().into(), of("shop"));
    let page = Page::first(2).expect("a limit");
    for (owner, kind, expected) in [
        (None, None, vec!["b", "a", "c"]),
        (Some(&shop), None, vec!["b", "a"]),
        (Some(&shop_by_id), None, vec!["b", "a"]),
        (None, Some(ItemKind::Service), vec!["b", "c"]),
        (Some(&shop), Some(ItemKind::Website), vec![]),
    ] {
        let first = list_items(storage, owner, kind, page).await.expect("items");
        let behind = first.last().map(|item| item.id);
        let second = match behind {
            Some(_) => list_items(storage, owner, kind, page.behind(behind)).await.expect("items"),
            None => Vec::new(),
        };
        let names: Vec<_> = first.iter().chain(&second).map(|item| item.name.as_str()).collect();
        assert_eq!(names, expected, "{owner:?} {kind:?}");
    }
    let nobody = of("nobody");
    let refused = list_items(storage, Some(&nobody), None, page).await;
    assert_eq!(refusal(refused), Refusal::TeamNotFound(nobody));
}

pub(crate) async fn only_what_is_named_changes(storage: &TeamsStorage) {
    let ana = user(storage, "Ana").await;
    team(storage, "shop", ana.id).await;
    let web = team(storage, "web", ana.id).await;
    let mut expected = item(storage, "shop", "till", ItemKind::Service).await;
    let unchanged = change_item(storage, expected.id, ItemChange::default()).await.expect("the item");
    assert_eq!(unchanged, expected);
    expected.description = "Takes the money.".parse().expect("a description");
    expected.attributes = attributes([("tier", Attribute::Number(1))]);
    expected.owner = web.id();
    let change = ItemChange {
        owner: Some(of("web")),
        description: Some(expected.description.clone()),
        attributes: Some(expected.attributes.clone()),
        ..ItemChange::default()
    };
    assert_eq!(change_item(storage, expected.id, change).await.expect("the item"), expected);
    assert_eq!(show_item(storage, expected.id).await.expect("the item"), expected);
    // Now that it is another team's, its first one can go.
    delete_team(storage, &of("shop")).await.expect("it owns nothing any more");
    let foreign = TeamId::new();
    let change = ItemChange { owner: Some(foreign.into()), ..ItemChange::default() };
    let refused = change_item(storage, expected.id, change).await;
    assert_eq!(refusal(refused), Refusal::TeamNotFound(foreign.into()));
}

pub(crate) async fn an_item_goes_once(storage: &TeamsStorage) {
    let ana = user(storage, "Ana").await;
    team(storage, "shop", ana.id).await;
    let till = item(storage, "shop", "till", ItemKind::Service).await;
    remove_item(storage, till.id).await.expect("it is there");
    assert_eq!(refusal(remove_item(storage, till.id).await), Refusal::ItemNotFound(till.id));
    let gone = change_item(storage, till.id, ItemChange::default()).await;
    assert_eq!(refusal(gone), Refusal::ItemNotFound(till.id));
    let foreign = CatalogItemId::new();
    assert_eq!(refusal(show_item(storage, foreign).await), Refusal::ItemNotFound(foreign));
    delete_team(storage, &of("shop")).await.expect("it owns nothing any more");
}

pub(crate) async fn what_the_code_host_knows_is_taken_over_once(storage: &TeamsStorage) {
    let ana = user(storage, "Ana").await;
    team(storage, "shop", ana.id).await;
    item(storage, "shop", "till", ItemKind::Service).await;
    let found = |name: &str| FoundRepository {
        name: name.parse().expect(name),
        description: Description::default(),
        url: format!("https://example.org/{name}").parse().expect(name),
    };
    let host = KnownRepositories::new(["till", "web", "web", "tools"].map(found));
    let first = import_items(storage, &host, &of("shop")).await.expect("the host answers");
    let second = import_items(storage, &host, &of("shop")).await.expect("the host answers");
    let names: Vec<_> = first.iter().map(|item| (item.name.as_str(), item.kind)).collect();
    assert_eq!(names, [("web", ItemKind::Library), ("tools", ItemKind::Library)]);
    assert_eq!(second, []);
}
