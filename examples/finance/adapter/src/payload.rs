//! What an event tells, as JSON. The spelling is a promise to whoever reads the outbox: change it by adding only.

use finance_domain::{DomainEvent, UserEvent, UserFact};
use serde_json::{Value, json};

/// The payload of an event of a user.
pub(crate) fn payload(event: &UserEvent) -> Value {
    match event.payload() {
        UserFact::Registered { email } => json!({ "email": email.as_str() }),
        UserFact::EmailVerified { email } => json!({ "email": email.as_str() }),
        UserFact::EmailChanged { from, to } => json!({ "from": from.as_str(), "to": to.as_str() }),
    }
}

#[cfg(test)]
mod tests {
    use std::time::SystemTime;

    use finance_domain::User;

    use super::*;

    #[test]
    fn the_spelling_stays() {
        let now = SystemTime::UNIX_EPOCH;
        let mut user = User::register("o'neil@example.org".parse().expect("valid"), now);
        user.verify_email(now).expect("not verified before");
        user.change_email("neil@example.org".parse().expect("valid"), now);
        let spelled: Vec<_> = user.take_events().iter().map(|event| payload(event).to_string()).collect();
        assert_eq!(
            spelled,
            [
                r#"{"email":"o'neil@example.org"}"#,
                r#"{"email":"o'neil@example.org"}"#,
                r#"{"from":"o'neil@example.org","to":"neil@example.org"}"#,
            ]
        );
    }
}
