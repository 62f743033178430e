//! Looks for a browser: without one, the tests of the page are skipped, and the build says so.

#![allow(clippy::print_stdout, reason = "that is how a build script speaks to cargo")]

use std::env;
use std::path::PathBuf;

/// Debian's packages chromium and chromium-driver have them.
const NEEDED: [&str; 2] = ["chromium", "chromedriver"];

fn main() {
    println!("cargo::rerun-if-env-changed=PATH");
    println!("cargo::rustc-check-cfg=cfg(no_browser)");
    let path = env::var_os("PATH").unwrap_or_default();
    let folders: Vec<PathBuf> = env::split_paths(&path).collect();
    for program in NEEDED {
        match folders.iter().map(|folder| folder.join(program)).find(|file| file.is_file()) {
            Some(file) => println!("cargo::rerun-if-changed={}", file.display()),
            None => {
                println!("cargo::warning={program} is not installed: the tests of the page are skipped");
                println!("cargo::rustc-cfg=no_browser");
                // So that it is looked for again at the next build.
                println!("cargo::rerun-if-changed=/no/browser");
            }
        }
    }
}
