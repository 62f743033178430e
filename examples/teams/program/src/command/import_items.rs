//! `teams import-items`: takes in what the code host knows.

use teams_adapter::TeamsStorage;
use teams_domain::{CodeHost, TeamRef, import_items};

use super::item;
use crate::cli::Format;
use crate::error::{End, Error};
use crate::output::note;

pub(crate) async fn run<H: CodeHost<Error: Into<Error>>>(
    storage: TeamsStorage,
    host: &H,
    team: &TeamRef,
    format: Format,
) -> Result<End, Error> {
    let items = import_items(&storage, host, team).await?;
    item::tell(&items, format)?;
    note(&format!("{} taken in; what an item has already was left as it is", items.len()));
    Ok(End::Done)
}
