//! `teams item`: what teams own.

use serde_json::json;
use teams_adapter::TeamsStorage;
use teams_domain::{
    CatalogItem, ItemChange, ItemDraft, Page, add_item, change_item, list_items, remove_item, show_item,
};

use super::{next, wrong_limit};
use crate::cli::{Format, ItemChanges, ItemCommand};
use crate::error::{End, Error};
use crate::output::{Column, Listing, line, note, shown};
use crate::shape::ItemShape;

const COLUMNS: [Column; 4] =
    [Column::new("KIND", 7), Column::new("NAME", 24), Column::new("REPOSITORY", 40), Column::last("ID")];

pub(crate) async fn run(storage: TeamsStorage, command: ItemCommand) -> Result<End, Error> {
    match command {
        ItemCommand::Add { team, name, kind, repository, description, attributes } => {
            let draft = ItemDraft { name, kind, description, repository, attributes: attributes.0 };
            let item = add_item(&storage, &team, draft).await?;
            line(&item.id.to_string())?;
        }
        ItemCommand::List { team, kind, page, listing } => {
            let first = Page::first(page.limit).map_err(wrong_limit)?;
            let items = list_items(&storage, team.as_ref(), kind, first.behind(page.after)).await?;
            tell(&items, listing.format)?;
            if let Some(id) = next(&items, first.limit(), |item| item.id) {
                note(&format!("the next page: --after {id}"));
            }
        }
        ItemCommand::Show { id, listing } => {
            let item = show_item(&storage, id).await?;
            match listing.format {
                Format::Json => line(&json!(ItemShape::from(&item)).to_string())?,
                Format::Table => describe(&item)?,
            }
        }
        ItemCommand::Change { id, changes } => {
            let ItemChanges { team, name, kind, repository, description, attributes } = changes;
            let attributes = attributes.map(|text| text.0);
            let change = ItemChange { owner: team, name, kind, description, repository, attributes };
            describe(&change_item(&storage, id, change).await?)?;
        }
        ItemCommand::Remove { id } => {
            remove_item(&storage, id).await?;
            line(&format!("removed {id}"))?;
        }
    }
    Ok(End::Done)
}

/// Lists items.
pub(super) fn tell(items: &[CatalogItem], format: Format) -> Result<(), Error> {
    let mut listing = Listing::begin(format, &COLUMNS)?;
    items.iter().try_for_each(|item| listing.push(|| cells(item), || json!(ItemShape::from(item))))?;
    Ok(listing.end()?)
}

fn cells(item: &CatalogItem) -> [String; 4] {
    let (name, repository) = (shown(item.name.as_str()), shown(item.repository.as_str()));
    [item.kind.to_string(), name, repository, item.id.to_string()]
}

/// All that is said of one.
fn describe(item: &CatalogItem) -> Result<(), Error> {
    let shape = json!(ItemShape::from(item));
    for name in ["id", "team", "name", "kind", "repository", "description", "attributes"] {
        let value = match &shape[name] {
            serde_json::Value::String(text) => shown(text),
            other => shown(&other.to_string()),
        };
        line(format!("{name:<12}  {value}").trim_end())?;
    }
    Ok(())
}
