//! `underpin-bench`: every workload against the raw drivers and the peers, interleaved, in one markdown table.

mod bench;
mod distance;
mod domain;
mod failure;
mod measure;
mod memory;
mod proxy;
mod race;
mod report;
mod sample;
mod settings;
mod stage;
mod stream;
mod table;
mod tally;
mod variant;
mod workload;

use std::process::ExitCode;
use std::time::Duration;

use clap::Parser;

use crate::failure::{Result, While};
use crate::settings::{Errand, Settings};
use crate::stage::Address;
use crate::workload::Runtime;

fn main() -> ExitCode {
    match act(&Settings::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            report::progress(&format!("error: {error}"));
            ExitCode::FAILURE
        }
    }
}

fn act(settings: &Settings) -> Result<()> {
    match &settings.errand {
        Some(Errand::Proxy { kind, host, port, round_trip_micros }) => {
            let target = match kind.as_str() {
                "unix" => Address::Unix(host.into(), *port),
                _ => Address::Tcp(host.clone(), *port),
            };
            proxy::serve(target, Duration::from_micros(*round_trip_micros))
        }
        Some(Errand::Stream { contender, file }) => {
            bench::on(Runtime::Current, stream::one(*contender, settings.database_url.clone(), file))
        }
        None => {
            let text = bench::run(settings)?;
            if let Some(file) = &settings.write {
                std::fs::write(file, &text).attempting(|| format!("write {}", file.display()))?;
            }
            Ok(report::result(&text)?)
        }
    }
}
