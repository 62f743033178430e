//! `secrets status`: how many rows each key has encrypted.

use clap::Args;
use serde_json::{Value, json};
use underpin::secrets::{DriverPlace, KeyRing, Usage};

use super::columns::Columns;
use super::rows::rows;
use crate::context::Context;
use crate::database::{Place, Purpose};
use crate::error::{Error, Result};
use crate::exit::Exit;
use crate::keys::KeyPlace;
use crate::output::{Table, document, text};

/// Count rows by key, without decrypting
#[derive(Debug, Args)]
pub(super) struct Status {
    #[command(flatten)]
    columns: Columns,

    /// End with exit code 1 unless every row is under the primary key
    #[arg(long)]
    check: bool,
}

impl Status {
    pub(super) async fn run(self, context: &Context, place: &KeyPlace) -> Result<Exit> {
        let (ring, columns) = (place.ring()?, self.columns.find(context)?);
        let database = Place::of_url(context.url()?);
        let usages = database
            .with_driver(Purpose::Look, async |driver| {
                let mut place = DriverPlace::new(driver);
                let mut usages = Vec::new();
                for column in &columns {
                    usages.push(Usage::count(&mut place, column).await?);
                }
                Ok(usages)
            })
            .await?;
        print(context, &ring, &usages)?;
        let left: u64 = usages.iter().map(|usage| usage.rows_beside(ring.primary()) + usage.other).sum();
        if self.check && left > 0 {
            let hint =
                "`underpin secrets rotate` brings them under it; what is no envelope has to be looked at";
            return Err(Error::failed(format!("{} are not under the primary key", rows(left)), hint));
        }
        Ok(Exit::Done)
    }
}

fn print(context: &Context, ring: &KeyRing, usages: &[Usage]) -> Result<()> {
    if context.is_json() {
        let keys: Vec<Value> =
            ring.keys().map(|key| json!({ "key": key.id, "state": key.state.to_string() })).collect();
        let columns: Vec<Value> = usages.iter().map(object).collect();
        return document(&json!({ "keys": keys, "columns": columns }));
    }
    let mut table = Table::default();
    let mut row = |cells: [String; 4]| table.row(cells.map(|cell| (cell.clone(), cell)));
    row(["COLUMN".to_owned(), "KEY".to_owned(), "STATE".to_owned(), "ROWS".to_owned()]);
    for usage in usages {
        let column = usage.column.to_string();
        for key in ring.keys() {
            row([
                column.clone(),
                key.id.to_string(),
                key.state.to_string(),
                usage.rows_of(key.id).to_string(),
            ]);
        }
        for key in usage.keys.iter().filter(|used| !ring.keys().any(|key| key.id == used.id)) {
            row([column.clone(), key.id.to_string(), "not in the ring".to_owned(), key.rows.to_string()]);
        }
        if usage.empty > 0 {
            row([column.clone(), "-".to_owned(), "empty".to_owned(), usage.empty.to_string()]);
        }
        if usage.other > 0 {
            row([column.clone(), "-".to_owned(), "not encrypted".to_owned(), usage.other.to_string()]);
        }
    }
    text(&table.text())
}

fn object(usage: &Usage) -> Value {
    let keys: Vec<Value> = usage.keys.iter().map(|key| json!({ "key": key.id, "rows": key.rows })).collect();
    json!({
        "column": usage.column.to_string(), "keys": keys, "empty": usage.empty, "not_encrypted": usage.other,
    })
}
