//! `rotate-keys`: secrets come under a new key, and nobody notices.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::process::Command;

use underpin::secrets::KeyRing;

use crate::finance::{Finance, on_each};
use crate::scratch::Scratch;

#[test]
fn secrets_come_under_a_new_key_and_stay_what_they_were() {
    on_each(|scratch| {
        let finance = Finance::built(scratch);
        let path = finance.file("finance.keys", KeyRing::generate().expect("a key").expose().expose());
        fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).expect("a mode");
        let finance = finance.with("UNDERPIN_KEY_FILE", path.display().to_string());
        let id = finance.run(&["register", "ana@example.org"]).done().word(0);
        for name in ["plaid_access_token", "api_key", "recovery"] {
            finance
                .run_with_input(&["secret", "put", &id, name], format!("value of {name}").as_bytes())
                .done();
        }
        assert_eq!(finance.run(&["rotate-keys"]).done().out, "0 secrets came under key 1\n");
        let before = scratch_values(scratch);
        let told = finance.run(&["rotate-keys", "--new-key", "--rate", "1000"]).done();
        assert_eq!(told.out, "3 secrets came under key 2\n");
        let after = scratch_values(scratch);
        assert!(before.iter().all(|value| value.starts_with("AQEAAAAB")), "{before:?}");
        assert!(after.len() == 3 && after.iter().all(|value| value.starts_with("AQEAAAAC")), "{after:?}");
        for name in ["plaid_access_token", "api_key", "recovery"] {
            assert_eq!(finance.run(&["secret", "get", &id, name]).done().out, format!("value of {name}\n"));
        }
        assert_eq!(fs::metadata(&path).expect("it is there").permissions().mode() & 0o777, 0o600);
        assert_eq!(finance.run(&["rotate-keys"]).done().out, "0 secrets came under key 2\n");
    });
}

/// What is stored, asked by the database's own program.
fn scratch_values(scratch: &Scratch) -> Vec<String> {
    const VALUES: &str = "SELECT encrypted_value FROM encrypted_secrets";
    let output = match scratch.url().strip_prefix("sqlite:") {
        Some(path) => Command::new("sqlite3").args([path, VALUES]).output(),
        None => Command::new("psql").args(["-XAtc", VALUES, scratch.url()]).output(),
    };
    let output = output.expect("psql and sqlite3 are installed");
    String::from_utf8_lossy(&output.stdout).lines().map(str::to_owned).collect()
}
