//! What a reader may use.

/// How much memory, in bytes. A file has at most 50 MiB.
#[cfg(unix)]
const MEMORY: u64 = 1 << 30;

/// Bounds the memory and the time on a processor of this process. Whoever has started it looks at the clock; the bound
/// here holds if that one is killed.
#[cfg(unix)]
pub(super) fn apply(seconds: u64) {
    use nix::sys::resource::{Resource, setrlimit};

    for (resource, most) in
        [(Resource::RLIMIT_AS, MEMORY), (Resource::RLIMIT_CPU, seconds.max(1)), (Resource::RLIMIT_CORE, 0)]
    {
        // A bound that is lower already cannot be raised, and holds as well.
        let _ = setrlimit(resource, most, most);
    }
}

/// Elsewhere the clock of whoever has started it is the bound.
#[cfg(not(unix))]
pub(super) fn apply(_seconds: u64) {}
