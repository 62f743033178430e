//! The two dialect crates are mirror images: who knows one finds everything in the other at the same path.

use std::collections::BTreeSet;

use crate::{Finding, Workspace};

/// The folders that mirror each other.
const SIDES: [&str; 2] = ["crates/underpin-postgres/src/", "crates/underpin-sqlite/src/"];

/// A file that only one of the two has, and why.
struct Exception {
    /// The path from the root of the workspace.
    path: &'static str,
    /// What the other database has not.
    reason: &'static str,
}

/// Every file without a twin.
const EXCEPTIONS: &[Exception] = &[
    Exception {
        path: "crates/underpin-postgres/src/codec/literal.rs",
        reason: "PostgreSQL reads and prints values as text of its own form",
    },
    Exception {
        path: "crates/underpin-postgres/src/codec/types.rs",
        reason: "PostgreSQL's columns have types to compare with; SQLite's have not",
    },
    Exception {
        path: "crates/underpin-postgres/src/combined.rs",
        reason: "only PostgreSQL writes several tables in one statement",
    },
    Exception {
        path: "crates/underpin-postgres/src/copied.rs",
        reason: "only PostgreSQL has COPY; SQLite inserts row by row where it stands",
    },
    Exception {
        path: "crates/underpin-postgres/src/copy.rs",
        reason: "only PostgreSQL has COPY; SQLite inserts row by row where it stands",
    },
    Exception {
        path: "crates/underpin-postgres/src/lending.rs",
        reason: "beside the thread that SQLite runs on, a timer for who waits does not count",
    },
    Exception {
        path: "crates/underpin-postgres/src/login.rs",
        reason: "SQLite is one file; PostgreSQL has hosts, ports, users and passwords",
    },
    Exception {
        path: "crates/underpin-postgres/src/position.rs",
        reason: "SQLite's file counts nothing that a copy of it would show",
    },
    Exception { path: "crates/underpin-postgres/src/socket.rs", reason: "SQLite is reached by no socket" },
    Exception {
        path: "crates/underpin-postgres/src/target.rs",
        reason: "SQLite is one file; PostgreSQL has hosts, ports, users and passwords",
    },
    Exception {
        path: "crates/underpin-postgres/src/tls/binding.rs",
        reason: "SQLite has no connection to encrypt",
    },
    Exception {
        path: "crates/underpin-postgres/src/tls/disabled.rs",
        reason: "SQLite has no connection to encrypt",
    },
    Exception {
        path: "crates/underpin-postgres/src/tls/enabled.rs",
        reason: "SQLite has no connection to encrypt",
    },
    Exception {
        path: "crates/underpin-postgres/src/tls/mod.rs",
        reason: "SQLite has no connection to encrypt",
    },
    Exception {
        path: "crates/underpin-postgres/src/tls/verify.rs",
        reason: "SQLite has no connection to encrypt",
    },
    Exception {
        path: "crates/underpin-sqlite/src/codec/arena.rs",
        reason: "parameters cross to another thread before they are bound; PostgreSQL's go straight to the wire",
    },
    Exception {
        path: "crates/underpin-sqlite/src/codec/array.rs",
        reason: "SQLite has no arrays, they are kept as JSON text",
    },
    Exception {
        path: "crates/underpin-sqlite/src/codec/calendar.rs",
        reason: "SQLite has no dates and times, they are kept as text",
    },
    Exception {
        path: "crates/underpin-sqlite/src/codec/uuid.rs",
        reason: "SQLite has no UUIDs, they are kept as text",
    },
    Exception {
        path: "crates/underpin-sqlite/src/held.rs",
        reason: "PostgreSQL's rows come from another process, so that the caller decodes all of them",
    },
    Exception {
        path: "crates/underpin-sqlite/src/thread.rs",
        reason: "SQLite blocks its thread; PostgreSQL is reached through a socket",
    },
    Exception {
        path: "crates/underpin-sqlite/src/functions/decimal.rs",
        reason: "SQLite lacks functions that PostgreSQL has",
    },
    Exception {
        path: "crates/underpin-sqlite/src/functions/exact.rs",
        reason: "SQLite lacks functions that PostgreSQL has",
    },
    Exception {
        path: "crates/underpin-sqlite/src/functions/json.rs",
        reason: "SQLite lacks functions that PostgreSQL has",
    },
    Exception {
        path: "crates/underpin-sqlite/src/functions/mod.rs",
        reason: "SQLite lacks functions that PostgreSQL has",
    },
    Exception {
        path: "crates/underpin-sqlite/src/functions/number.rs",
        reason: "SQLite lacks functions that PostgreSQL has",
    },
    Exception {
        path: "crates/underpin-sqlite/src/functions/sum.rs",
        reason: "SQLite lacks functions that PostgreSQL has",
    },
    Exception {
        path: "crates/underpin-sqlite/src/functions/text.rs",
        reason: "SQLite lacks functions that PostgreSQL has",
    },
    Exception {
        path: "crates/underpin-sqlite/src/functions/time.rs",
        reason: "SQLite lacks functions that PostgreSQL has",
    },
];

/// Finds files without a twin, and exceptions that are none any more.
#[must_use]
pub fn mirror(workspace: &Workspace) -> Vec<Finding> {
    check(workspace, EXCEPTIONS)
}

fn check(workspace: &Workspace, exceptions: &[Exception]) -> Vec<Finding> {
    let [left, right] = SIDES.map(|side| names(workspace, side));
    let mut findings = Vec::new();
    for (side, own, other) in [(SIDES[0], &left, &right), (SIDES[1], &right, &left)] {
        if own.is_empty() {
            findings.push(Finding::of(side, "no file found; if the crate has moved, say where in this rule"));
        }
        for name in own.difference(other) {
            let path = format!("{side}{name}");
            if !exceptions.iter().any(|exception| exception.path == path) {
                let what = "has no twin in the other dialect; add one, or an exception with its reason";
                findings.push(Finding::of(path, what));
            }
        }
        for exception in exceptions {
            let Some(name) = exception.path.strip_prefix(side) else { continue };
            if !own.contains(name) || other.contains(name) {
                findings.push(Finding::of(exception.path, "is no exception any more; take it from the list"));
            }
        }
    }
    for exception in exceptions {
        if !SIDES.iter().any(|side| exception.path.starts_with(side)) {
            findings.push(Finding::of(exception.path, "is an exception, but in neither dialect crate"));
        }
        if exception.reason.split_whitespace().count() < 3 {
            findings.push(Finding::of(exception.path, "is an exception without a reason"));
        }
    }
    findings
}

fn names<'a>(workspace: &'a Workspace, side: &str) -> BTreeSet<&'a str> {
    workspace.sources.iter().filter_map(|source| source.path().strip_prefix(side)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const LISTEN: &str = "crates/underpin-postgres/src/listen.rs";
    const REASON: &str = "SQLite has no LISTEN.";

    fn found(files: &[&str], exceptions: &[Exception]) -> Vec<String> {
        let files: Vec<_> = files.iter().map(|path| (*path, "")).collect();
        check(&Workspace::of_files(&files), exceptions).iter().map(ToString::to_string).collect()
    }

    const TWINS: [&str; 2] =
        ["crates/underpin-postgres/src/pool/mod.rs", "crates/underpin-sqlite/src/pool/mod.rs"];

    #[test]
    fn twins_are_well() {
        assert_eq!(found(&TWINS, &[]), [""; 0]);
    }

    #[test]
    fn a_file_without_a_twin_is_found_on_either_side() {
        for path in [LISTEN, "crates/underpin-sqlite/src/writer.rs"] {
            let findings = found(&[&TWINS[..], &[path]].concat(), &[]);
            assert!(findings.len() == 1 && findings[0].starts_with(path), "{findings:?}");
        }
    }

    #[test]
    fn an_exception_needs_a_reason_and_a_cause() {
        let with = [&TWINS[..], &[LISTEN]].concat();
        assert_eq!(found(&with, &[Exception { path: LISTEN, reason: REASON }]), [""; 0]);
        assert_eq!(found(&with, &[Exception { path: LISTEN, reason: " " }]).len(), 1);
        assert_eq!(found(&TWINS, &[Exception { path: LISTEN, reason: REASON }]).len(), 1);
        assert_eq!(found(&TWINS, &[Exception { path: TWINS[0], reason: REASON }]).len(), 1);
        assert_eq!(found(&TWINS, &[Exception { path: "listen.rs", reason: REASON }]).len(), 1);
    }

    #[test]
    fn a_side_without_files_is_found() {
        assert_eq!(found(&["crates/underpin-core/src/lib.rs"], &[]).len(), 2);
    }
}
