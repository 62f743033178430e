//! `underpin-bench`: every workload against the raw drivers and the peers, interleaved, in one markdown table.

mod bench;
#[path = "../../../examples/catalog/program/src/car_shape.rs"]
#[allow(dead_code, reason = "a car is measured, not the statistics")]
mod car_shape;
#[path = "../../../examples/catalog/program/src/cursor.rs"]
mod cursor;
mod distance;
mod domain;
mod failure;
mod http;
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
        Some(Errand::HttpRaw { kind }) => {
            bench::on(Runtime::Multi, http::serve(*kind, &settings.database_url))
        }
        Some(Errand::Http(options)) => finish(settings, &http::run(settings, options)?),
        None => finish(settings, &bench::run(settings)?),
    }
}

fn finish(settings: &Settings, text: &str) -> Result<()> {
    if let Some(file) = &settings.write {
        std::fs::write(file, text).attempting(|| format!("write {}", file.display()))?;
    }
    Ok(report::result(text)?)
}
