//! `secrets promote`: an active key becomes the one that encrypts.

use clap::Args;
use serde_json::json;

use crate::context::Context;
use crate::error::Result;
use crate::exit::Exit;
use crate::keys::KeyPlace;
use crate::output::{document, line};

/// Let an active key encrypt from now on
#[derive(Debug, Args)]
#[command(after_help = "Every process must have the key, active, before one of them encrypts with it.")]
pub(super) struct Promote {
    /// The number of the key
    #[arg(value_name = "KEY")]
    key: u32,
}

impl Promote {
    pub(super) fn run(self, context: &Context, place: &KeyPlace) -> Result<Exit> {
        let path = place.file()?;
        place.ring()?.promote(self.key)?.replace_file(path)?;
        if context.is_json() {
            document(&json!({ "file": path.display().to_string(), "key": self.key, "state": "primary" }))?;
        } else {
            line(&format!("key {} is primary in {}", self.key, path.display()))?;
        }
        context.note("give the file to every process; then `underpin secrets rotate`");
        Ok(Exit::Done)
    }
}
