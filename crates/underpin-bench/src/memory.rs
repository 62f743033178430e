//! Resident memory of this process, and a gauge that watches it while rows stream by.

use rust_decimal::Decimal;

use crate::failure::{Result, While};
use crate::tally::Tally;

/// How often the gauge looks at the resident memory.
const EVERY: usize = 10_000;

/// Resident memory now, and the highest since the process began, in KiB.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Resident {
    pub(crate) now: u64,
    pub(crate) peak: u64,
}

/// Reads the resident memory from `/proc`.
pub(crate) fn resident() -> Result<Resident> {
    let status = std::fs::read_to_string("/proc/self/status")
        .attempting(|| "read /proc/self/status for the resident memory".into())?;
    Ok(Resident { now: kib(&status, "VmRSS:"), peak: kib(&status, "VmHWM:") })
}

fn kib(status: &str, field: &str) -> u64 {
    let line = status.lines().find_map(|line| line.strip_prefix(field));
    line.and_then(|rest| rest.trim().trim_end_matches("kB").trim().parse().ok()).unwrap_or_default()
}

/// Counts rows and looks at the resident memory every 10,000 of them.
#[derive(Debug, Clone, Default)]
pub(crate) struct Gauge {
    /// Of every row seen.
    pub(crate) tally: Tally,
    /// KiB before the first row.
    pub(crate) before: u64,
    /// KiB each time the gauge looked.
    pub(crate) samples: Vec<u64>,
}

impl Gauge {
    /// A gauge that knows the memory before the first row.
    pub(crate) fn begin() -> Result<Self> {
        Ok(Self { before: resident()?.now, ..Self::default() })
    }

    /// Enters one car.
    pub(crate) fn car(
        &mut self,
        id: &str,
        make: &str,
        model: &str,
        year: i32,
        price_mxn: Decimal,
    ) -> Result<()> {
        self.tally.car(id, make, model, year, price_mxn);
        if self.tally.rows.is_multiple_of(EVERY) {
            self.samples.push(resident()?.now);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_fields_of_proc() {
        let status = "Name:\tx\nVmHWM:\t    5120 kB\nVmRSS:\t    4096 kB\n";
        assert_eq!((kib(status, "VmRSS:"), kib(status, "VmHWM:")), (4096, 5120));
        assert!(resident().unwrap().now > 0);
    }
}
