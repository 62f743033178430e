//! `GET /cars` over HTTP: the catalogue as it is, beside the same handler on tokio-postgres and on deadpool.
//!
//! Each server is a process of its own, all on one database with the tables of the catalogue's revisions and 10,000 cars;
//! this process is their clients, which keep their connections. The servers take turns in every round. Checked: every
//! answer is, byte by byte, the one that the first server gave.

mod client;
mod handler;
#[path = "../../../../examples/catalog/program/src/http/query.rs"]
mod query;
mod raw;
mod server;
mod table;

use std::fmt::Write;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use clap::Args;

pub(crate) use raw::{Kind, serve};

use crate::bench::{load_average, on};
use crate::failure::{Result, While};
use crate::measure::{median, median_ratio};
use crate::sample;
use crate::settings::Settings;
use crate::stage::{PostgresDatabase, PostgresStore};
use crate::workload::Runtime;
use client::Clients;
use server::Server;
use table::Line;

/// How many connections to the database each server has.
const CONNECTIONS: usize = 10;
const CARS: usize = 10_000;

/// What is asked: the first page, a search by three filters, the longest page.
const ASKED: [&str; 3] = ["/cars", "/cars?make=kia&year_from=2015&price_to=300000", "/cars?limit=200"];

/// What the benchmark of HTTP takes.
#[derive(Debug, Clone, Args)]
pub(crate) struct Options {
    /// The program `catalog`, built with the same profile; without it the one beside this program.
    #[arg(long, value_name = "FILE")]
    catalog: Option<PathBuf>,

    /// How many clients ask at the same time, each on a connection that it keeps.
    #[arg(long, default_value_t = 32, value_parser = clap::value_parser!(u16).range(1..=512))]
    clients: u16,

    /// How many requests all clients send to each server in each round.
    #[arg(long, default_value_t = 8_000, value_parser = clap::value_parser!(u32).range(1..))]
    requests: u32,
}

/// Races the servers, and gives the table.
pub(crate) fn run(settings: &Settings, options: &Options) -> Result<String> {
    let load = load_average();
    let catalog = catalog(options)?;
    on(Runtime::Current, async {
        let database = PostgresDatabase::create(&settings.database_url).await?;
        let outcome = race(settings, options, &catalog, &database).await;
        let version = database.version.clone();
        database.drop(&settings.database_url).await?;
        let mut text = table::text(&outcome?);
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let _ = writeln!(
            text,
            "\n{} clients, {CONNECTIONS} connections to the database, {CARS} cars; {cores} cores; {version}; {} rounds of {} requests \
             after one to warm up; load average {load} before, {} after.",
            options.clients,
            settings.rounds,
            options.requests,
            load_average()
        );
        Ok(text)
    })
}

fn catalog(options: &Options) -> Result<PathBuf> {
    let beside = || Ok::<_, std::io::Error>(std::env::current_exe()?.with_file_name("catalog"));
    let catalog = options.catalog.clone().map_or_else(beside, Ok)?;
    if catalog.is_file() {
        return Ok(catalog);
    }
    Err(format!(
        "{} is missing: build it with `cargo build --release -p catalog`, or name it by --catalog",
        catalog.display()
    )
    .into())
}

async fn race(
    settings: &Settings,
    options: &Options,
    catalog: &Path,
    database: &PostgresDatabase,
) -> Result<Vec<Line>> {
    let url = format!("{}&pool_size={CONNECTIONS}&max_overflow=0", database.url());
    fill(catalog, &url, database).await?;
    let servers = [
        Server::raw("raw-postgres", "same handler, held statements", "held", &database.url())?,
        Server::raw(
            "deadpool-postgres",
            "same handler, checkout for each, Fast",
            "deadpool",
            &database.url(),
        )?,
        Server::catalog(catalog, &url)?,
    ];
    let mut lines = Vec::new();
    for path in ASKED {
        let expected = client::body(servers[0].address, path).await?;
        let mut rounds: Vec<Vec<_>> = servers.iter().map(|_| Vec::new()).collect();
        for round in 0..=settings.rounds.into() {
            for turn in 0..servers.len() {
                let place = (round + turn) % servers.len();
                let server = &servers[place];
                let clients = Clients { address: server.address, path, expected: &expected };
                let watch = server.watch()?;
                clients
                    .ask(options.clients.into(), options.requests)
                    .await
                    .attempting(|| format!("ask {} ({}) for {path}", server.variant, server.technique))?;
                let cost = watch.stop(options.requests)?;
                // The first round warms up.
                if round > 0 {
                    rounds[place].push(cost);
                }
            }
        }
        for (server, costs) in servers.iter().zip(&rounds) {
            let ratio = median_ratio(costs, &rounds[0]);
            let of = |clock: fn(&crate::measure::Cost) -> f64| {
                median(&costs.iter().map(clock).collect::<Vec<_>>())
            };
            lines.push(Line {
                path,
                variant: server.variant,
                technique: server.technique,
                per_second: 1.0 / of(|cost| cost.wall),
                cpu: of(|cost| cost.cpu),
                throughput: 1.0 / ratio.wall,
                cpu_ratio: ratio.cpu,
            });
        }
    }
    Ok(lines)
}

/// The table of the catalogue by its own revisions, and its cars by its own import.
async fn fill(catalog: &Path, url: &str, database: &PostgresDatabase) -> Result<()> {
    let mut store = PostgresStore::open(&database.url()).await?;
    store.run("DROP TABLE cars").await?;
    let directory = tempfile::tempdir()?;
    let file = directory.path().join("cars.csv");
    let mut cars = String::from("make,model,year,price\n");
    for car in (0..CARS).map(sample::car) {
        let _ = writeln!(cars, "{},{},{},{}", car.make, car.model, car.year, car.price_mxn);
    }
    std::fs::write(&file, cars)?;
    let file = file.display().to_string();
    for arguments in [&["upgrade"][..], &["import", &file, "--batch", "10000"]] {
        server::finish(catalog, arguments, url)?;
    }
    store.run("VACUUM ANALYZE cars").await
}

/// The address that a server prints when it listens.
fn address(line: &str) -> Result<SocketAddr> {
    let text = line.trim().strip_prefix("listening on http://").unwrap_or_default();
    text.parse().attempting(|| format!("read the address of a server from {line:?}"))
}
