//! `finance downgrade`: takes tables back.

use std::io::{self, Write};

use finance_adapter::{FinanceStorage, history};
use underpin::migrate::{Destination, Runner};

use super::tables;
use crate::error::{End, Error};

pub(crate) async fn run(storage: &FinanceStorage, destination: &Destination) -> Result<End, Error> {
    let history = history()?;
    let plan = Runner::new(&history).downgrade(&mut tables::target(storage).await?, destination).await?;
    let mut out = io::stdout();
    for step in plan.steps() {
        writeln!(out, "took back {}: {}", step.revision(), step.message())?;
    }
    if plan.is_empty() {
        writeln!(out, "nothing to do: the tables are at {destination} already")?;
    }
    Ok(End::Done)
}
