//! `documents downgrade`: takes tables back.

use documents_adapter::{DocumentsStorage, history};
use underpin::migrate::{Destination, Runner};

use super::tables;
use crate::error::{End, Error};
use crate::output;

pub(crate) async fn run(storage: &DocumentsStorage, destination: &Destination) -> Result<End, Error> {
    let history = history()?;
    let plan = Runner::new(&history).downgrade(&mut tables::target(storage).await?, destination).await?;
    for step in plan.steps() {
        output::line(&format!("took back {}: {}", step.revision(), step.message()))?;
    }
    if plan.is_empty() {
        output::line(&format!("nothing to do: the tables are at {destination} already"))?;
    }
    Ok(End::Done)
}
