//! A program without TLS says so.

use crate::connect::refused;

#[tokio::test]
async fn the_program_has_no_tls() {
    let error = refused("postgres://me:hunter2@127.0.0.1/app?sslmode=require").await;
    assert!(error.is_config() && error.to_string().contains("built without"), "{error}");
}

#[tokio::test]
async fn certificates_are_not_passed_over_in_silence() {
    let error = refused("postgres://me:hunter2@127.0.0.1/app?sslrootcert=/root.crt").await;
    assert!(error.is_config(), "{error}");
}
