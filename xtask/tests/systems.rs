//! The example systems say the same thing in the same way: who knows the command line of one knows those of all.

#![allow(clippy::unwrap_used, reason = "a system that cannot be read fails the test")]

use std::fs;
use std::path::Path;

const SYSTEMS: [&str; 4] = ["catalog", "documents", "finance", "teams"];

/// What stands in the command line of each, word by word.
const SAME: [(&str, &str); 6] = [
    (
        "the database",
        "    /// The database: postgres://user:password@host/name or sqlite:path/to/file.db [default: DATABASE_URL in the
    /// environment, then in a file .env]
    #[arg(long, global = true, value_name = \"URL\")]
    pub(crate) database_url: Option<String>,",
    ),
    ("demo", "\n    Demo,\n"),
    (
        "serve",
        "    Serve {
        /// Where to listen; port 0 is any free one
        #[arg(long, value_name = \"ADDRESS\", default_value = \"127.0.0.1:8080\")]
        listen: SocketAddr,
    },",
    ),
    (
        "upgrade",
        "    Upgrade {
        /// Where to end: head, a revision, or +1 for one up
        #[arg(default_value = \"head\")]
        target: Destination,
    },",
    ),
    (
        "downgrade",
        "    Downgrade {
        /// Where to end: base, a revision, or -1 for one down
        #[arg(allow_hyphen_values = true)]
        target: Destination,
    },",
    ),
    (
        "the form of a list",
        "    #[arg(long, value_enum, default_value_t = Format::Table)]
    pub(crate) format: Format,",
    ),
];

/// What each page of a system tells, by the titles of its parts.
const PARTS: [&str; 5] =
    ["## The hexagon", "## What to read first", "## The commands", "## The server", "## Tests"];

fn read(system: &str, file: &str) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    fs::read_to_string(root.join("examples").join(system).join(file)).unwrap()
}

#[test]
fn commands_that_do_the_same_are_the_same() {
    for system in SYSTEMS {
        let cli = read(system, "program/src/cli.rs");
        for (what, words) in SAME {
            assert!(cli.contains(words), "{system}: {what} is not as in the others:\n{words}");
        }
        let codes = cli.split_once("Exit codes: ").map(|(_, rest)| rest.split('"').next().unwrap());
        let codes: Vec<&str> = codes.unwrap().split("; ").collect();
        assert_eq!(codes.len(), 4, "{system}: {codes:?}");
        for (code, begins) in
            codes.iter().zip(["0 done", "1 something was refused", "2 a mistake in what", "3 the database"])
        {
            assert!(code.starts_with(begins), "{system}: {code}");
        }
    }
}

/// All binaries of a workspace are built into one directory: of two with one name only the last remains.
#[test]
fn each_has_a_binary_of_its_own_name_for_its_revisions() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().join("examples");
    for system in SYSTEMS {
        let folder = root.join(system).join("program/src/bin");
        let mut names: Vec<String> = fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        assert_eq!(names, [format!("{system}-manage.rs")]);
    }
}

#[test]
fn pages_that_tell_the_same_are_the_same() {
    for system in SYSTEMS {
        let page = read(system, "README.md");
        for part in PARTS {
            assert!(page.contains(&format!("\n{part}\n")), "{system}: the page has no part {part:?}");
        }
        assert!(page.contains(&format!("cargo run -p {system} -- demo")), "{system}: how it is started");
        assert!(
            page.contains("| must hold | test |"),
            "{system}: what must hold, and the tests that hold it"
        );
    }
}
