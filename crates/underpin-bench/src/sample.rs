//! Deterministic values: the n-th user, car, account and event are the same in every run and variant.

use chrono::{DateTime, TimeDelta, Utc};
use rust_decimal::Decimal;

use crate::domain::{Account, Car, Event, User};

/// The makes of the cars.
pub(crate) const MAKES: [&str; 10] =
    ["Nissan", "Volkswagen", "Chevrolet", "Toyota", "Kia", "Mazda", "Ford", "Honda", "Renault", "Seat"];
const MODELS: [&str; 12] = [
    "Versa", "Jetta", "Aveo", "Corolla", "Rio", "CX-5", "Lobo", "Civic", "Duster", "Ibiza", "March", "Tiguan",
];

/// Noon of 1 November 2026 plus `n` milliseconds and `n` microseconds.
fn instant(n: usize) -> DateTime<Utc> {
    let start = DateTime::UNIX_EPOCH + TimeDelta::seconds(1_793_534_400);
    start + TimeDelta::microseconds(i64::try_from(n).unwrap_or_default() * 1001)
}

/// Spreads consecutive numbers, so that values look random and stay the same.
pub(crate) fn scatter(n: usize, below: usize) -> usize {
    let mixed = (n as u64 ^ 0x5DEE_CE66).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    usize::try_from((mixed >> 33) % below as u64).unwrap_or_default()
}

/// The key of the n-th user: as long as a type-prefixed id.
pub(crate) fn user_id(n: usize) -> String {
    format!("user_{n:026}")
}

/// The n-th user, not verified.
pub(crate) fn user(n: usize) -> User {
    User {
        id: user_id(n),
        email: format!("person.{n}@example.com"),
        email_verified: false,
        created_at: instant(n),
        updated_at: instant(n),
    }
}

/// The event that the n-th user raises by registering.
pub(crate) fn registered(n: usize) -> Event {
    event("UserRegistered", n, format!(r#"{{"user_id":"{}","email":"person.{n}@example.com"}}"#, user_id(n)))
}

/// The event that the n-th user raises by verifying its email.
pub(crate) fn verified(n: usize) -> Event {
    event("EmailVerified", n, format!(r#"{{"user_id":"{}","verified":true}}"#, user_id(n)))
}

fn event(event_type: &'static str, n: usize, payload: String) -> Event {
    Event { event_type, aggregate_type: "User", aggregate_id: user_id(n), payload, created_at: instant(n) }
}

/// The n-th car.
pub(crate) fn car(n: usize) -> Car {
    let cents = 5_000_000 + scatter(n, 95_000_000);
    Car {
        id: format!("car_{n:026}"),
        make: MAKES[scatter(n, MAKES.len())].to_owned(),
        model: MODELS[scatter(n + 7, MODELS.len())].to_owned(),
        year: 1990 + i32::try_from(scatter(n + 13, 36)).unwrap_or_default(),
        price_mxn: Decimal::new(i64::try_from(cents).unwrap_or_default(), 2),
    }
}

/// The n-th account, in its first version.
pub(crate) fn account(n: usize) -> Account {
    Account {
        id: i64::try_from(n).unwrap_or_default(),
        name: format!("Account {n}"),
        balance: Decimal::new(100_000, 2),
        version: 1,
    }
}

/// The event of the n-th account.
pub(crate) fn credited(n: usize) -> Event {
    Event {
        event_type: "AccountCredited",
        aggregate_type: "Account",
        aggregate_id: n.to_string(),
        payload: format!(r#"{{"account_id":{n},"amount":"1.00"}}"#),
        created_at: instant(n),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn values_repeat_and_keys_do_not() {
        assert_eq!(car(17), car(17));
        let keys: HashSet<_> = (0..1000).map(|n| car(n).id).collect();
        assert_eq!(keys.len(), 1000);
        let prices: HashSet<_> = (0..1000).map(|n| car(n).price_mxn).collect();
        assert!(prices.len() > 900, "prices must differ, else a wrong row goes unnoticed");
    }

    #[test]
    fn a_user_fits_its_columns() {
        let user = user(999_999_999);
        assert!(user.id.len() <= 36 && user.email.len() <= 255);
        assert_eq!(user.created_at.to_rfc3339(), "2026-11-13T02:03:19.998999+00:00");
    }
}
