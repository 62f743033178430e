//! Import by psql's `\copy`: the client that everybody has, in a process of its own.

use crate::failure::Result;
use crate::stage::Place;
use crate::variant::Contender;
use crate::workload::{Cars, ImportCsv};

pub(super) struct Psql {
    url: String,
}

impl Contender<ImportCsv> for Psql {
    const TECHNIQUE: &'static str = "psql \\copy (its CPU is not counted)";

    async fn open(place: &Place) -> Result<Self> {
        Ok(Self { url: place.url.clone() })
    }

    async fn run(&mut self, cars: Cars) -> Result<()> {
        let command =
            format!("\\copy cars (id, make, model, year, price_mxn) from '{}' csv", cars.path()?.display());
        // The URL is of this run's own database; a password in it would be seen by other users of the machine.
        let status = tokio::process::Command::new("psql")
            .args(["--no-psqlrc", "--quiet", "--set", "ON_ERROR_STOP=1", "--command", &command, &self.url])
            .status()
            .await?;
        if status.success() { Ok(()) } else { Err("psql failed".into()) }
    }
}
