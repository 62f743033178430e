//! `secrets`: the keys of encrypted columns.

mod columns;
mod keygen;
mod promote;
mod retire;
mod rotate;
mod rows;
mod status;
mod transfer;

use std::path::PathBuf;

use clap::{Args, Subcommand};

use crate::cli::EXIT_CODES;
use crate::context::Context;
use crate::error::Result;
use crate::exit::Exit;
use crate::keys::KeyPlace;

/// Keys of encrypted columns: make, count, rotate, retire
#[derive(Debug, Args)]
#[command(after_help = format!("\
A new key, under a rolling deploy:
  underpin secrets keygen --add       a new key, active: give it to every process
  underpin secrets promote 2          it encrypts from now on: give that to every process
  underpin secrets rotate             bring the rows under it
  underpin secrets status --check     no row is under another key
  underpin secrets retire 1           the old one decrypts no longer

The ring is in the file of --keys or UNDERPIN_KEY_FILE, in UNDERPIN_KEYS, or in `key_file` of underpin.toml;
[[encrypted_columns]] there names the columns.

{EXIT_CODES}"))]
pub(crate) struct Secrets {
    #[command(subcommand)]
    action: Action,

    /// The file of the key ring
    #[arg(long, global = true, value_name = "FILE")]
    keys: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
enum Action {
    Keygen(keygen::Keygen),
    Status(status::Status),
    Promote(promote::Promote),
    Rotate(rotate::Rotate),
    Retire(retire::Retire),
    Move(transfer::Transfer),
}

impl Secrets {
    pub(crate) async fn run(self, context: &Context) -> Result<Exit> {
        let place = self.keys.map_or_else(|| context.key_place(), KeyPlace::File);
        match self.action {
            Action::Keygen(keygen) => keygen.run(context, place),
            Action::Status(status) => status.run(context, &place).await,
            Action::Promote(promote) => promote.run(context, &place),
            Action::Rotate(rotate) => rotate.run(context, &place).await,
            Action::Retire(retire) => retire.run(context, &place).await,
            Action::Move(transfer) => transfer.run(context).await,
        }
    }
}
