//! `secrets keygen`: a new ring, or a new key of one.

use std::path::PathBuf;

use clap::Args;
use serde_json::json;
use underpin::secrets::KeyRing;

use crate::context::Context;
use crate::error::{Error, Result};
use crate::exit::Exit;
use crate::keys::KeyPlace;
use crate::output::{document, line, text};

/// Make a key ring, in a file that its owner alone may read
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  underpin secrets keygen keys          a ring of one key, in a new file of mode 0600
  underpin secrets keygen --add         one more key, active, in the file of the ring
  underpin secrets keygen --print       a ring on standard output, for a store of secrets; no file is written")]
pub(super) struct Keygen {
    /// The file [default: the one of --keys, UNDERPIN_KEY_FILE or underpin.toml]
    #[arg(value_name = "FILE")]
    file: Option<PathBuf>,

    /// Add an active key to the ring that is there
    #[arg(long)]
    add: bool,

    /// Print the keys themselves, and write no file
    #[arg(long)]
    print: bool,
}

impl Keygen {
    pub(super) fn run(self, context: &Context, place: KeyPlace) -> Result<Exit> {
        let place = self.file.map_or(place, KeyPlace::File);
        let (ring, new) = match self.add {
            true => {
                let ring = place.ring()?.with_new_key()?;
                let new = ring.keys().map(|key| key.id).max().unwrap_or_default();
                (ring, new)
            }
            false => (KeyRing::generate()?, 1),
        };
        if self.print {
            context.note("with these keys everything can be decrypted: keep them where nobody else reads");
            text(ring.expose().expose())?;
            return Ok(Exit::Done);
        }
        let path = match place {
            KeyPlace::File(path) => path,
            KeyPlace::Environment if self.add => place.file()?.to_owned(),
            KeyPlace::Environment => {
                return Err(Error::mistake(
                    "no file is named for the key ring",
                    "write `underpin secrets keygen FILE`",
                ));
            }
        };
        if self.add {
            ring.replace_file(&path)?;
        } else {
            ring.create_file(&path)?;
        }
        let state = if self.add { "active" } else { "primary" };
        if context.is_json() {
            document(&json!({ "file": path.display().to_string(), "key": new, "state": state }))?;
        } else {
            line(&format!("key {new}, {state}, in {}", path.display()))?;
        }
        let next = match self.add {
            true => format!("give the file to every process; then `underpin secrets promote {new}`"),
            false => "keep a copy where it is safe: what it has encrypted is lost with it".to_owned(),
        };
        context.note(&next);
        Ok(Exit::Done)
    }
}
