//! How an item is stored.

use teams_domain::{CatalogItem, ItemKind};
use underpin::{Entity, Events, Json, MappingError};

use super::attributes;
use crate::Db;
use crate::row::{CatalogItemRow, ItemKindLabel};

impl Entity<Db> for CatalogItem {
    type Row = CatalogItemRow;

    fn to_row(&self) -> CatalogItemRow {
        let Self { id, owner, name, kind, description, repository, attributes } = self;
        CatalogItemRow {
            id: id.to_string(),
            team_id: owner.to_string(),
            name: name.to_string(),
            kind: label_of(*kind),
            description: description.to_string(),
            repository_url: repository.to_string(),
            attributes: Json(attributes::to_json(attributes)),
        }
    }

    fn from_row(row: CatalogItemRow) -> Result<Self, MappingError> {
        let CatalogItemRow { id, team_id, name, kind, description, repository_url, attributes } = row;
        Ok(Self {
            id: id.parse()?,
            owner: team_id.parse()?,
            name: name.parse()?,
            kind: kind_of(kind),
            description: description.parse()?,
            repository: repository_url.parse()?,
            attributes: attributes::of_json(attributes.0)?,
        })
    }
}

impl Events<Db> for CatalogItem {}

/// The sort as the database knows it.
pub(crate) fn label_of(kind: ItemKind) -> ItemKindLabel {
    match kind {
        ItemKind::Service => ItemKindLabel::Service,
        ItemKind::Library => ItemKindLabel::Library,
        ItemKind::Website => ItemKindLabel::Website,
        ItemKind::Dataset => ItemKindLabel::Dataset,
    }
}

fn kind_of(label: ItemKindLabel) -> ItemKind {
    match label {
        ItemKindLabel::Service => ItemKind::Service,
        ItemKindLabel::Library => ItemKind::Library,
        ItemKindLabel::Website => ItemKind::Website,
        ItemKindLabel::Dataset => ItemKind::Dataset,
    }
}
