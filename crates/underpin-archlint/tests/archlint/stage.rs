//! A project in a folder of its own, from a text with a line `--- path` before each file.

use std::{fs, path::Path};

use tempfile::TempDir;
use underpin_archlint::{
    ReportFormat,
    cli::{Answer, Request, run_in},
};

/// A manifest for a library named `shop`.
const MANIFEST: &str = "[package]\nname = \"shop\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[workspace]\n";

/// A folder with files, gone when it is dropped.
pub(crate) struct Stage {
    folder: TempDir,
}

impl Stage {
    /// Writes files; a manifest is added if the text has none.
    pub(crate) fn new(text: &str) -> Self {
        let stage = Self { folder: TempDir::new().unwrap() };
        if !text.contains("--- Cargo.toml\n") {
            stage.write("Cargo.toml", MANIFEST);
        }
        for file in text.split("--- ").skip(1) {
            let (name, text) = file.split_once('\n').unwrap();
            stage.write(name.trim(), text);
        }
        stage
    }

    pub(crate) fn write(&self, name: &str, text: &str) {
        let path = self.folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub(crate) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path().join(name)).unwrap()
    }

    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn run(&self, request: &Request) -> Answer {
        run_in(request, self.path())
    }

    /// What `check` prints and its exit code, without what changes from run to run.
    pub(crate) fn check(&self) -> String {
        self.check_as(ReportFormat::Text)
    }

    pub(crate) fn check_as(&self, format: ReportFormat) -> String {
        self.shown(&Request::Check { config: None, format, explain: false })
    }

    /// Output, errors and code of a command.
    pub(crate) fn shown(&self, request: &Request) -> String {
        let answer = self.run(request);
        let folder = self.path().to_string_lossy().into_owned();
        let text =
            format!("{}{}exit {}", answer.output, answer.errors, answer.code).replace(&folder, "[folder]");
        without_time(&text)
    }
}

/// Takes the duration out of a report.
pub(crate) fn without_time(text: &str) -> String {
    let line = |line: &str| match (line.split_once(" in "), line.split_once("\"milliseconds\": ")) {
        (Some((before, after)), _) if after.ends_with(" ms.") => format!("{before}."),
        (_, Some((before, _))) => format!("{before}\"milliseconds\": 0,"),
        _ => line.to_owned(),
    };
    text.lines().map(line).collect::<Vec<_>>().join("\n")
}
