//! Servers as processes of their own, and what they cost.

use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Instant;

use nix::unistd::{SysconfVar, sysconf};

use super::address;
use crate::failure::{Result, While};
use crate::measure::Cost;

/// A server that runs until it is dropped.
pub(super) struct Server {
    pub(super) variant: &'static str,
    pub(super) technique: &'static str,
    pub(super) address: SocketAddr,
    process: Child,
}

/// Runs a command of the catalogue to its end.
pub(super) fn finish(catalog: &Path, arguments: &[&str], url: &str) -> Result<()> {
    let what = || format!("run `catalog {}`", arguments[0]);
    let ended = Command::new(catalog).args(arguments).env("DATABASE_URL", url).output().attempting(what)?;
    if ended.status.success() {
        return Ok(());
    }
    Err(String::from_utf8_lossy(&ended.stderr).into_owned()).attempting(what)
}

impl Server {
    /// This program once more, as a server without the toolkit's database.
    pub(super) fn raw(variant: &'static str, technique: &'static str, kind: &str, url: &str) -> Result<Self> {
        let mut command = Command::new(std::env::current_exe()?);
        command.args(["http-raw", kind]).env("DATABASE_URL", url);
        Self::start(variant, technique, command)
    }

    /// The catalogue, as everybody starts it.
    pub(super) fn catalog(catalog: &Path, url: &str) -> Result<Self> {
        let mut command = Command::new(catalog);
        command.args(["serve", "--listen", "127.0.0.1:0"]).env("DATABASE_URL", url);
        Self::start("underpin", "catalog serve", command)
    }

    fn start(variant: &'static str, technique: &'static str, mut command: Command) -> Result<Self> {
        let mut process = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .attempting(|| format!("start the server of {variant}"))?;
        let mut line = String::new();
        let listening = process.stdout.take().map(|out| BufReader::new(out).read_line(&mut line));
        // The process is ended by the drop of the server, so that it is one before anything can fail.
        let mut server = Self { variant, technique, address: SocketAddr::from(([127, 0, 0, 1], 0)), process };
        listening.transpose()?;
        server.address = address(&line)?;
        Ok(server)
    }

    /// Starts both clocks, that of the CPU time of the server and that on the wall.
    pub(super) fn watch(&self) -> Result<Watch<'_>> {
        Ok(Watch { server: self, cpu: self.cpu()?, wall: Instant::now() })
    }

    /// Seconds that all threads of the process have computed.
    fn cpu(&self) -> Result<f64> {
        let file = format!("/proc/{}/stat", self.process.id());
        let text = std::fs::read_to_string(&file).attempting(|| format!("read {file}"))?;
        // Behind the name in parentheses, which may hold anything: user and system time are the 12th and 13th.
        let fields: Vec<&str> = text.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
        let ticks = |place: usize| fields.get(place).and_then(|field| field.parse::<u64>().ok());
        let ticks = ticks(11).zip(ticks(12)).ok_or_else(|| format!("{file} is not as expected"))?;
        let second = sysconf(SysconfVar::CLK_TCK)?.unwrap_or(100);
        Ok((ticks.0 + ticks.1) as f64 / second as f64)
    }
}

/// Running clocks.
pub(super) struct Watch<'a> {
    server: &'a Server,
    cpu: f64,
    wall: Instant,
}

impl Watch<'_> {
    /// Reads both clocks, for each request.
    pub(super) fn stop(self, requests: u32) -> Result<Cost> {
        let (wall, share) = (self.wall.elapsed().as_secs_f64(), f64::from(requests));
        Ok(Cost { wall: wall / share, cpu: (self.server.cpu()? - self.cpu) / share })
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
