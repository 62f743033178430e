//! Has the adapter built anew when a revision file comes or goes, for `include_migrations!`.

#![allow(clippy::print_stdout, reason = "that is how a build script speaks to cargo")]

fn main() {
    println!("cargo::rerun-if-changed=../migrations");
}
