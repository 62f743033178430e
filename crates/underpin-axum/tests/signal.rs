//! A program that is asked to stop before it waits for that. Alone in its file, for a signal is the whole process's.

#![cfg(unix)]

use std::process::Command;
use std::time::Duration;

use underpin_axum::shutdown_signal;

#[tokio::test]
async fn a_signal_that_comes_before_anybody_waits_is_not_lost() {
    let asked = shutdown_signal();
    let id = std::process::id().to_string();
    assert!(Command::new("kill").args(["-TERM", &id]).status().expect("kill is there").success());
    tokio::time::timeout(Duration::from_secs(10), asked).await.expect("it was asked to stop");
}
