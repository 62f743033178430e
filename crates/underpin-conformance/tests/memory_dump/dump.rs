//! The memory of a process, read from outside while it waits.

use std::fs::{self, File};
use std::io::ErrorKind;
use std::os::unix::fs::FileExt as _;

/// What the kernel maps into each process, without pages that could be read.
const OF_THE_KERNEL: [&str; 4] = ["[vvar]", "[vvar_vclock]", "[vsyscall]", "[vdso]"];

/// All memory of a process.
pub(crate) struct Dump(pub(crate) Vec<Region>);

pub(crate) struct Region {
    /// As in `/proc/PID/maps`: a file, `[heap]`, `[stack]`, or nothing.
    pub(crate) name: String,
    pub(crate) start: u64,
    pub(crate) bytes: Vec<u8>,
}

impl Dump {
    /// Reads that of a child, which the kernel allows to whoever started it. Nothing is set or attached.
    pub(crate) fn of(process: u32) -> Self {
        let maps = fs::read_to_string(format!("/proc/{process}/maps")).unwrap();
        let memory = File::open(format!("/proc/{process}/mem")).unwrap_or_else(|error| {
            let scope = fs::read_to_string("/proc/sys/kernel/yama/ptrace_scope").unwrap_or_default();
            panic!(
                "the memory of a child cannot be read ({error}); kernel.yama.ptrace_scope is {:?}, and 2 and 3 forbid it to \
                 all but root",
                scope.trim()
            );
        });
        Self(maps.lines().filter_map(|line| region(line, &memory)).collect())
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        self.0.iter().any(|region| region.name == name && !region.bytes.is_empty())
    }
}

fn region(line: &str, memory: &File) -> Option<Region> {
    let mut fields = line.split_whitespace();
    let (range, permissions) = (fields.next()?, fields.next()?);
    let name = fields.nth(3).unwrap_or_default().to_owned();
    if !permissions.starts_with('r') || OF_THE_KERNEL.contains(&name.as_str()) {
        return None;
    }
    let (start, end) = range.split_once('-').unwrap();
    let (start, end) = (u64::from_str_radix(start, 16).unwrap(), u64::from_str_radix(end, 16).unwrap());
    let mut bytes = vec![0; usize::try_from(end - start).unwrap()];
    match memory.read_exact_at(&mut bytes, start) {
        Ok(()) => Some(Region { name, start, bytes }),
        // A file that is shorter than its mapping, such as SQLite's shared memory.
        Err(error) if error.kind() == ErrorKind::UnexpectedEof || !name.is_empty() => None,
        Err(error) => panic!("{line} cannot be read: {error}"),
    }
}
