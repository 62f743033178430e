//! The table `catalog_items`.

use teams_domain::{CatalogItemId, RepositoryUrl};
use underpin::{ColumnEnum, Json, Table};

use super::TeamRow;

// The domain and the table must agree on these; a change on one side stops the build here.
const _: () = assert!(CatalogItemId::LEN <= 36);
const _: () = assert!(RepositoryUrl::MAX_CHARACTERS == 2000);

/// A row of `catalog_items`. A team that owns items cannot be deleted.
#[derive(Debug, Table)]
#[table(name = "catalog_items")]
pub struct CatalogItemRow {
    /// The id as text.
    #[column(primary_key, length = 36)]
    pub id: String,
    /// The team that owns it.
    #[column(length = 36, references = TeamRow::ID, index)]
    pub team_id: String,
    /// What it is called.
    #[column(length = 100)]
    pub name: String,
    /// What sort of thing it is.
    pub kind: ItemKindLabel,
    /// What it is for.
    pub description: String,
    /// Where its source is.
    #[column(length = 2000)]
    pub repository_url: String,
    /// What else is said of it.
    pub attributes: Json<serde_json::Value>,
}

/// The sorts of the domain, as the database knows them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ColumnEnum)]
#[column_enum(name = "item_kind")]
pub enum ItemKindLabel {
    /// A program that runs and answers.
    Service,
    /// Code that others build with.
    Library,
    /// Pages for people.
    Website,
    /// Data that others read.
    Dataset,
}
