//! `secrets retire`: a key that has no rows decrypts no longer.

use clap::Args;
use serde_json::json;
use underpin::secrets::{DriverPlace, retire};

use crate::context::Context;
use crate::database::{Place, Purpose};
use crate::error::Result;
use crate::exit::Exit;
use crate::keys::KeyPlace;
use crate::output::{document, line};

/// Let a key that has no rows decrypt no longer; refused while it has some
#[derive(Debug, Args)]
#[command(after_help = "\
It looks at all columns that the program or underpin.toml names. Keep the key until the oldest backup has gone that it can read.")]
pub(super) struct Retire {
    /// The number of the key
    #[arg(value_name = "KEY")]
    key: u32,

    /// Let it decrypt again
    #[arg(long)]
    undo: bool,
}

impl Retire {
    pub(super) async fn run(self, context: &Context, place: &KeyPlace) -> Result<Exit> {
        let ring = place.ring()?;
        let changed = if self.undo {
            ring.reactivate(self.key)?
        } else {
            let columns = context.encrypted_columns()?;
            let database = Place::of_url(context.url()?);
            let retired = database.with_driver(Purpose::Look, async |driver| {
                Ok(retire(&ring, self.key, &mut DriverPlace::new(driver), &columns).await?)
            });
            retired.await?
        };
        let path = place.file()?;
        changed.replace_file(path)?;
        let state = if self.undo { "active" } else { "retired" };
        if context.is_json() {
            document(&json!({ "file": path.display().to_string(), "key": self.key, "state": state }))?;
        } else {
            line(&format!("key {} is {state} in {}", self.key, path.display()))?;
        }
        Ok(Exit::Done)
    }
}
