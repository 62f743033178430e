//! What teams own.

use teams_adapter::TeamsStorage;
use teams_domain::{
    Attribute, Attributes, CodeHost, FoundRepository, ItemKind, ItemRepository, Storage, UnitOfWork,
    add_item, import_items, show_team,
};

use crate::stage::{item, slug, team, user};

pub(crate) async fn an_item_is_kept_as_it_is(storage: &TeamsStorage) {
    let ana = user(storage, "Ana").await;
    team(storage, "shop", ana.id).await;
    let nested = Attributes::from([("ä \"quoted\"".to_owned(), Attribute::Nothing)]);
    let attributes = Attributes::from([
        ("tier".to_owned(), Attribute::Number(-1)),
        ("public".to_owned(), Attribute::Flag(true)),
        (
            "tags".to_owned(),
            Attribute::List(vec![Attribute::Text("it's".to_owned()), Attribute::Map(nested)]),
        ),
    ]);
    let url = "https://example.org/till".parse().expect("an address");
    let name = "Till".parse().expect("a name");
    let description = "Takes the money;\nall of it.".to_owned();
    let kept = add_item(storage, &slug("shop"), name, ItemKind::Dataset, description, url, attributes).await;
    let found = show_team(storage, &slug("shop")).await.expect("the team").items;
    assert_eq!(found, [kept.expect("the team is there")]);
}

pub(crate) async fn items_are_listed_by_owner_and_kind(storage: &TeamsStorage) {
    let ana = user(storage, "Ana").await;
    let shop = team(storage, "shop", ana.id).await;
    team(storage, "web", ana.id).await;
    item(storage, "shop", "b", ItemKind::Service).await;
    item(storage, "shop", "a", ItemKind::Library).await;
    item(storage, "web", "c", ItemKind::Service).await;
    let mut uow = storage.begin().await.expect("the storage works");
    let cases = [
        (None, None, vec!["a", "b", "c"]),
        (Some(shop.id()), None, vec!["a", "b"]),
        (None, Some(ItemKind::Service), vec!["b", "c"]),
        (Some(shop.id()), Some(ItemKind::Website), vec![]),
    ];
    for (owner, kind, expected) in cases {
        let found = uow.items().list(owner, kind).await.expect("items");
        let names: Vec<_> = found.iter().map(|item| item.name.as_str()).collect();
        assert_eq!(names, expected, "{owner:?} {kind:?}");
    }
}

/// A code host that knows two repositories.
struct TwoRepositories;

impl CodeHost for TwoRepositories {
    type Error = underpin::Error;

    async fn repositories(&self) -> Result<Vec<FoundRepository>, underpin::Error> {
        let found = |name: &str| FoundRepository {
            name: name.parse().expect(name),
            description: String::new(),
            url: format!("https://example.org/{name}").parse().expect(name),
        };
        Ok(vec![found("till"), found("web")])
    }
}

pub(crate) async fn what_the_code_host_knows_is_taken_over_once(storage: &TeamsStorage) {
    let ana = user(storage, "Ana").await;
    team(storage, "shop", ana.id).await;
    item(storage, "shop", "till", ItemKind::Service).await;
    let first = import_items(storage, &TwoRepositories, &slug("shop")).await.expect("the host answers");
    let second = import_items(storage, &TwoRepositories, &slug("shop")).await.expect("the host answers");
    let names: Vec<_> = first.iter().map(|item| (item.name.as_str(), item.kind)).collect();
    assert_eq!((names, second), (vec![("web", ItemKind::Library)], vec![]));
}
