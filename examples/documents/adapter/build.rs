//! Has a revision that came or went compiled in.

fn main() {
    #[allow(clippy::print_stdout, reason = "this is how a build script speaks to Cargo")]
    {
        println!("cargo::rerun-if-changed=../migrations");
    }
}
