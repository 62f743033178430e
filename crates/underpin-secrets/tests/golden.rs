//! The golden file is what an independent program in another language makes of the format.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

use std::process::Command;

#[test]
fn python_says_the_same_of_the_golden_file() {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden.py");
    let output = Command::new("python3").arg(script).output().expect("python3 is needed; ./test installs it");
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{told}");
    assert_eq!(String::from_utf8(output.stdout).unwrap(), "6 values are as the format says\n", "{told}");
}
