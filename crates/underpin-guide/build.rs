//! Makes a module of the Rust blocks of each page, for `tests/how_to.rs`.

#![allow(clippy::print_stdout, reason = "that is how a build script speaks to cargo")]

#[path = "src/block.rs"]
#[allow(dead_code, unreachable_pub, reason = "a build script takes a part of it")]
mod block;

use std::error::Error;
use std::fmt::Write;
use std::path::Path;
use std::{env, fs};

/// The page whose blocks are what the others share.
const MODEL: &str = "how-to/README.md";

fn main() -> Result<(), Box<dyn Error>> {
    let guide = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/guide");
    println!("cargo::rerun-if-changed={}", guide.display());
    println!("cargo::rerun-if-changed=src/block.rs");
    let mut code = String::new();
    for folder in ["", "how-to"] {
        let mut files = fs::read_dir(guide.join(folder))?.collect::<Result<Vec<_>, _>>()?;
        files.sort_by_key(fs::DirEntry::path);
        for file in files {
            let name = file.file_name().to_string_lossy().into_owned();
            let page = Path::new(folder).join(&name).to_string_lossy().into_owned();
            if let Some(stem) = name.strip_suffix(".md") {
                let stem = if page == MODEL { "model" } else { stem };
                module(&mut code, stem, &page, &fs::read_to_string(file.path())?)?;
            }
        }
    }
    fs::write(Path::new(&env::var("OUT_DIR")?).join("how_to.rs"), code)?;
    Ok(())
}

/// The blocks of a page that name no file, as a module.
fn module(code: &mut String, stem: &str, page: &str, text: &str) -> Result<(), Box<dyn Error>> {
    let blocks = block::blocks(text)?;
    let mut blocks = blocks.iter().filter(|block| block.kind == "rust" && block.file.is_none()).peekable();
    if blocks.peek().is_some() {
        writeln!(code, "mod {} {{", stem.to_lowercase().replace('-', "_"))?;
        for block in blocks {
            writeln!(code, "// docs/guide/{page}:{}\n{}", block.line, block.text)?;
        }
        writeln!(code, "}}")?;
    }
    Ok(())
}
