//! A page of the guide, and what is done with it in a directory of its own.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::{Block, Session, blocks, fits, steps};

/// A page with its blocks.
#[derive(Debug)]
pub struct Page {
    /// Its file, from the directory of the guide.
    pub file: String,
    /// What stands in it.
    pub text: String,
    /// Its blocks.
    pub blocks: Vec<Block>,
}

/// All pages of the guide.
///
/// # Errors
/// If a file cannot be read, or a block does not end.
pub fn pages(guide: &Path) -> Result<Vec<Page>, String> {
    let mut files = Vec::new();
    collect(guide, &mut files).map_err(|error| format!("{}: {error}", guide.display()))?;
    files.sort();
    files.iter().map(|file| Page::read(guide, file)).collect()
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, files)?;
        } else if path.extension().is_some_and(|extension| extension == "md") {
            files.push(path);
        }
    }
    Ok(())
}

impl Page {
    fn read(guide: &Path, file: &Path) -> Result<Self, String> {
        let name = file.strip_prefix(guide).unwrap_or(file).to_string_lossy().replace('\\', "/");
        let text = fs::read_to_string(file).map_err(|error| format!("{name}: {error}"))?;
        let blocks = blocks(&text).map_err(|error| format!("{name}: {error}"))?;
        Ok(Self { file: name, text, blocks })
    }

    /// What is wrong with its blocks: those that nothing would check.
    #[must_use]
    pub fn unchecked(&self) -> Vec<String> {
        let commands = |command: &str| {
            let consoles = self.blocks.iter().filter(|block| block.kind == "console");
            consoles.into_iter().any(|block| block.text.contains(command))
        };
        let mut wrong = Vec::new();
        for block in &self.blocks {
            let attributes: Vec<&str> = block.attributes.iter().map(String::as_str).collect();
            let why = match (block.kind.as_str(), attributes.as_slice(), &block.file) {
                ("console", [] | ["fails" | "server"], _) => steps(&block.text).err(),
                ("rust", [], None) => None,
                ("rust" | "toml", [], Some(_)) if commands("$ cargo ") || commands("$ underpin arch") => None,
                ("toml" | "sql", [], Some(_)) if commands("$ underpin ") => None,
                ("rust" | "toml" | "sql", [], Some(_)) => Some("no command uses the file".to_owned()),
                (kind, _, _) => Some(format!("nothing checks `{kind} {}`", attributes.join(" "))),
            };
            wrong.extend(why.map(|why| format!("{}:{}: {why}", self.file, block.line)));
        }
        wrong
    }

    /// Writes its files and carries its commands out, in their order. `lock` is the `Cargo.lock` that a package begins
    /// with, so that its dependencies are those that are there already; `instead` says what is put in the place of some
    /// texts, as the port of a server.
    ///
    /// # Errors
    /// The first command that does not do what the page shows.
    pub fn carry_out(
        &self,
        shell: &mut Session,
        lock: &Path,
        instead: &[(&str, String)],
    ) -> Result<(), String> {
        let here =
            |text: &str| instead.iter().fold(text.to_owned(), |text, (from, to)| text.replace(from, to));
        for block in &self.blocks {
            let place = |why: String| format!("{}:{}: {why}", self.file, block.line);
            match (block.kind.as_str(), &block.file) {
                ("console", _) => carry_out(block, shell, &here).map_err(place)?,
                (_, Some(file)) => {
                    // The files of a page are where its commands are.
                    let (folder, _) = shell.run("pwd").map_err(place)?;
                    let file = Path::new(&folder.concat()).join(file);
                    write(block, &file, &here(&block.text))
                        .and_then(|()| lock_versions(&file, lock))
                        .map_err(|error| place(format!("{}: {error}", file.display())))?;
                }
                _ => {}
            }
        }
        shell.stop()
    }
}

fn write(block: &Block, file: &Path, text: &str) -> io::Result<()> {
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder)?;
    }
    let before = if block.is_added { fs::read_to_string(file)? + "\n" } else { String::new() };
    fs::write(file, before + text)
}

fn lock_versions(manifest: &Path, lock: &Path) -> io::Result<()> {
    let locked = manifest.with_file_name("Cargo.lock");
    if manifest.ends_with("Cargo.toml") && !locked.exists() {
        fs::copy(lock, locked)?;
    }
    Ok(())
}

fn carry_out(block: &Block, shell: &mut Session, here: &dyn Fn(&str) -> String) -> Result<(), String> {
    let has = |word: &str| block.attributes.iter().any(|attribute| attribute == word);
    let steps = steps(&here(&block.text))?;
    for (number, step) in steps.iter().enumerate() {
        let is_last = number + 1 == steps.len();
        let (printed, code) = if has("server") {
            (shell.serve(&step.command, |printed| fits(&step.output, printed))?, 0)
        } else {
            shell.run(&step.command)?
        };
        let shown = step.output.join("\n");
        if !fits(&step.output, &printed) {
            let printed = printed.join("\n");
            return Err(format!("`{}` prints\n{printed}\n--- and the page shows\n{shown}", step.command));
        }
        if (code != 0) != (has("fails") && is_last) {
            return Err(format!("`{}` ended with code {code}\n{}", step.command, printed.join("\n")));
        }
    }
    Ok(())
}
