//! An item as JSON.

use serde::Serialize;
use serde_json::Value;
use teams_domain::CatalogItem;

use super::attributes::to_json;

/// An item.
#[derive(Debug, Serialize)]
pub(crate) struct ItemShape {
    id: String,
    /// The id of the team that owns it.
    team: String,
    name: String,
    kind: &'static str,
    description: String,
    repository: String,
    attributes: Value,
}

impl From<&CatalogItem> for ItemShape {
    fn from(item: &CatalogItem) -> Self {
        let CatalogItem { id, owner, name, kind, description, repository, attributes } = item;
        Self {
            id: id.to_string(),
            team: owner.to_string(),
            name: name.to_string(),
            kind: kind.as_str(),
            description: description.to_string(),
            repository: repository.to_string(),
            attributes: to_json(attributes),
        }
    }
}
