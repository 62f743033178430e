//! What every case needs: a storage with its tables, people, a team, and points of time.

use std::time::{Duration, SystemTime};

use teams_adapter::{TeamsStorage, history};
use teams_domain::{
    CatalogItem, Description, ItemDraft, ItemKind, Role, Slug, Team, TeamRef, User, UserId, add_item,
    add_user, found_team, join_team,
};
use underpin::ConnectOptions;
use underpin::driver::Access;
use underpin::migrate::{ConnectionTarget, Destination, Runner};

use crate::scratch::Scratch;

const EMPTY: &str = "
TRUNCATE users, teams, user_team_link, catalog_items";

pub(crate) fn memory() -> TeamsStorage {
    TeamsStorage::memory().expect("the tables agree")
}

pub(crate) async fn connected(scratch: &Scratch) -> TeamsStorage {
    let options = ConnectOptions::parse(scratch.url()).expect("a URL");
    TeamsStorage::connect(options).await.expect("a scratch database")
}

/// A storage whose tables the revisions have built.
pub(crate) async fn built(scratch: &Scratch) -> TeamsStorage {
    let storage = connected(scratch).await;
    let history = history().expect("well-formed revisions");
    let connection = storage.database().driver().acquire(Access::Write).await.expect("a connection");
    let mut target = ConnectionTarget::new(connection).expect("a database with revisions");
    Runner::new(&history).upgrade(&mut target, &Destination::head()).await.expect("the revisions run");
    storage
}

pub(crate) async fn emptied(storage: &TeamsStorage) {
    let mut connection = storage.database().driver().acquire(Access::Write).await.expect("a connection");
    connection.script(EMPTY).await.expect("the tables are there");
}

pub(crate) fn at(second: u64) -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_secs(1_790_000_000 + second)
}

pub(crate) fn slug(text: &str) -> Slug {
    text.parse().expect(text)
}

/// A team by its slug.
pub(crate) fn of(text: &str) -> TeamRef {
    slug(text).into()
}

pub(crate) async fn user(storage: &TeamsStorage, name: &str) -> User {
    let email = format!("{name}@example.org").to_lowercase().parse().expect(name);
    add_user(storage, name.parse().expect(name), email).await.expect(name)
}

pub(crate) async fn team(storage: &TeamsStorage, name: &str, founder: UserId) -> Team {
    found_team(storage, name.parse().expect(name), slug(name), &founder.into(), at(1)).await.expect(name)
}

pub(crate) async fn joined(storage: &TeamsStorage, team: &str, user: UserId, role: Role) -> Team {
    join_team(storage, &of(team), &user.into(), role, at(2)).await.expect(team)
}

pub(crate) fn draft(name: &str, kind: ItemKind) -> ItemDraft {
    let repository = format!("https://example.org/{name}").parse().expect(name);
    let (name, description) = (name.parse().expect(name), Description::default());
    ItemDraft { name, kind, description, repository, attributes: Default::default() }
}

pub(crate) async fn item(storage: &TeamsStorage, owner: &str, name: &str, kind: ItemKind) -> CatalogItem {
    add_item(storage, &of(owner), draft(name, kind)).await.expect(name)
}
