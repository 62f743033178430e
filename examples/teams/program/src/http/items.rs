//! `/items` and `/items/{id}`: what teams own.

use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Map, Value};
use teams_adapter::TeamsStorage;
use teams_domain::{
    Attributes, CatalogItemId, ItemChange, ItemDraft, ItemKind, Page, TeamRef, add_item, change_item,
    list_items, remove_item, show_item,
};
use underpin_axum::{Json, Path, Problem, Query, optional_from_text};

use super::fault::{Fault, LIMIT, named, no_limit, said, team_in};
use crate::shape::{ItemShape, of_json};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Wanted {
    #[serde(default, deserialize_with = "optional_from_text")]
    team: Option<TeamRef>,
    #[serde(default, deserialize_with = "optional_from_text")]
    kind: Option<ItemKind>,
    limit: Option<i64>,
    #[serde(default, deserialize_with = "optional_from_text")]
    after: Option<CatalogItemId>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NewItem {
    /// The team: a slug or an id.
    team: String,
    name: String,
    kind: String,
    repository: String,
    #[serde(default)]
    description: String,
    #[serde(default)]
    attributes: Map<String, Value>,
}

/// What is to be different; what is not there stays as it is, and null is no value of any of them.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Changes {
    #[serde(default, deserialize_with = "some")]
    team: Option<String>,
    #[serde(default, deserialize_with = "some")]
    name: Option<String>,
    #[serde(default, deserialize_with = "some")]
    kind: Option<String>,
    #[serde(default, deserialize_with = "some")]
    repository: Option<String>,
    #[serde(default, deserialize_with = "some")]
    description: Option<String>,
    #[serde(default, deserialize_with = "some")]
    attributes: Option<Map<String, Value>>,
}

fn some<'de, T: Deserialize<'de>, D: Deserializer<'de>>(from: D) -> Result<Option<T>, D::Error> {
    T::deserialize(from).map(Some)
}

#[derive(Serialize)]
pub(super) struct Items {
    items: Vec<ItemShape>,
    /// What `after` of the next page is, if this one is full.
    next: Option<String>,
}

pub(super) async fn list(
    State(storage): State<TeamsStorage>,
    Query(wanted): Query<Wanted>,
) -> Result<Json<Items>, Fault> {
    let Wanted { team, kind, limit, after } = wanted;
    let page = Page::first(limit.unwrap_or(LIMIT)).map_err(no_limit)?.behind(after);
    let items = list_items(&storage, team.as_ref(), kind, page).await.map_err(team_in("team"))?;
    let next = items.last().filter(|_| items.len() == usize::from(page.limit()));
    let next = next.map(|item| item.id.to_string());
    Ok(Json(Items { items: items.iter().map(ItemShape::from).collect(), next }))
}

pub(super) async fn add(
    State(storage): State<TeamsStorage>,
    Json(new): Json<NewItem>,
) -> Result<(StatusCode, Json<ItemShape>), Fault> {
    let team = said("team", &new.team)?;
    let draft = ItemDraft {
        name: said("name", &new.name)?,
        kind: said("kind", &new.kind)?,
        description: said("description", &new.description)?,
        repository: said("repository", &new.repository)?,
        attributes: attributes(new.attributes)?,
    };
    let item = add_item(&storage, &team, draft).await.map_err(team_in("team"))?;
    Ok((StatusCode::CREATED, Json(ItemShape::from(&item))))
}

pub(super) async fn show(
    State(storage): State<TeamsStorage>,
    Path(id): Path<String>,
) -> Result<Json<ItemShape>, Fault> {
    let item = show_item(&storage, named(&id)?).await?;
    Ok(Json(ItemShape::from(&item)))
}

pub(super) async fn change(
    State(storage): State<TeamsStorage>,
    Path(id): Path<String>,
    Json(changes): Json<Changes>,
) -> Result<Json<ItemShape>, Fault> {
    let id = named(&id)?;
    let Changes { team, name, kind, repository, description, attributes: others } = changes;
    let change = ItemChange {
        owner: team.map(|text| said("team", &text)).transpose()?,
        name: name.map(|text| said("name", &text)).transpose()?,
        kind: kind.map(|text| said("kind", &text)).transpose()?,
        description: description.map(|text| said("description", &text)).transpose()?,
        repository: repository.map(|text| said("repository", &text)).transpose()?,
        attributes: others.map(attributes).transpose()?,
    };
    let item = change_item(&storage, id, change).await.map_err(team_in("team"))?;
    Ok(Json(ItemShape::from(&item)))
}

pub(super) async fn remove(
    State(storage): State<TeamsStorage>,
    Path(id): Path<String>,
) -> Result<StatusCode, Fault> {
    remove_item(&storage, named(&id)?).await?;
    Ok(StatusCode::NO_CONTENT)
}

fn attributes(object: Map<String, Value>) -> Result<Attributes, Problem> {
    of_json(object).map_err(|why| Problem::invalid("attributes", why.to_string()))
}
