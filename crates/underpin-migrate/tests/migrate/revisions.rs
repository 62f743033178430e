//! Histories for tests, written down in few words.

use underpin_migrate::{Graph, Revisions};

/// A history of `(identifier, sections)`, each revision standing on the one before it. The file of `a` is `a.sql`.
pub(crate) fn history(revisions: &[(&str, &str)]) -> Graph {
    let parents = std::iter::once("none").chain(revisions.iter().map(|(id, _)| *id));
    let files: Vec<_> = revisions
        .iter()
        .zip(parents)
        .map(|((id, sections), parent)| {
            (
                format!("{id}.sql"),
                format!("-- Make {id}\n--\n-- revision: {id}\n-- revises: {parent}\n\n{sections}"),
            )
        })
        .collect();
    let files: Vec<_> = files.iter().map(|(file, text)| (file.as_str(), text.as_str())).collect();
    Graph::new(Revisions::embedded(&files).unwrap()).unwrap()
}

/// Three revisions that each create the table of their name.
pub(crate) fn three_tables() -> Graph {
    let sections = ["a", "b", "c"].map(|id| {
        format!("-- +upgrade\nCREATE TABLE {id} (id integer);\n\n-- +downgrade\nDROP TABLE {id};\n")
    });
    history(&[("a", &sections[0]), ("b", &sections[1]), ("c", &sections[2])])
}

/// Three revisions that each say in the table `log` that they ran. The index makes a runner that waits with a snapshot
/// a deadlock.
pub(crate) fn once() -> Graph {
    history(&[
        ("a", "-- +upgrade\nCREATE TABLE log (what text);\nINSERT INTO log VALUES ('a');\n"),
        (
            "b",
            "-- +upgrade postgres no-transaction\nCREATE INDEX CONCURRENTLY ix_log ON log (what);\n\
             -- +upgrade no-transaction\nINSERT INTO log VALUES ('b');\n",
        ),
        ("c", "-- +upgrade\nINSERT INTO log VALUES ('c');\n"),
    ])
}
