//! The token that whoever asks has to bear, as RFC 6750 has it.

use std::ffi::OsStr;
use std::fmt;

use axum::extract::{Request, State};
use axum::http::header::{AUTHORIZATION, WWW_AUTHENTICATE};
use axum::http::{HeaderMap, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;
use underpin_axum::Problem;

use crate::error::Error;

/// Where the token stands. An option of the command line would show it to everybody on the machine.
const VARIABLE: &str = "FINANCE_TOKEN";

/// The fewest characters of a token: 128 bits, should it be hexadecimal.
const FEWEST: usize = 32;

const ADVICE: &str =
    "make one, and keep it out of files that others read: export FINANCE_TOKEN=$(openssl rand -hex 32)";

/// The token, as its digest: nobody can print what is not there, and digests are compared without regard to how much of
/// a guess is right.
#[derive(Clone)]
pub(crate) struct Token([u8; 32]);

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(..)")
    }
}

impl Token {
    /// The token in the environment.
    ///
    /// # Errors
    /// If there is none, or none that can be borne and is hard to guess.
    pub(crate) fn of_environment() -> Result<Self, Error> {
        let text = std::env::var_os(VARIABLE).unwrap_or_default();
        Self::of(&text).map_err(|why| Error::mistake(format!("{VARIABLE} {why}"), ADVICE))
    }

    fn of(text: &OsStr) -> Result<Self, &'static str> {
        let token = text.as_encoded_bytes();
        if token.is_empty() {
            return Err("is not set, and the server answers only to those who bear a token");
        }
        if !token.iter().all(|byte| byte.is_ascii_alphanumeric() || b"-._~+/=".contains(byte)) {
            return Err("has a character that no bearer token has: letters, digits and -._~+/= are allowed");
        }
        if token.len() < FEWEST {
            return Err("is too short to be hard to guess: 32 characters are the least");
        }
        Ok(Self::digest(token))
    }

    fn digest(token: &[u8]) -> Self {
        Self(Sha256::digest(token).into())
    }

    fn is(&self, given: &[u8]) -> bool {
        self.0.ct_eq(&Self::digest(given).0).into()
    }
}

/// Lets those pass who bear the token.
pub(super) async fn guard(State(token): State<Token>, request: Request, next: Next) -> Response {
    match borne(request.headers()) {
        Some(given) if token.is(given) => next.run(request).await,
        Some(_) => refused("Bearer error=\"invalid_token\"", "the token is not the one of this server"),
        None => refused("Bearer", "bear the token in one header: Authorization: Bearer .."),
    }
}

/// The token that a request bears, if it bears one.
fn borne(headers: &HeaderMap) -> Option<&[u8]> {
    let mut given = headers.get_all(AUTHORIZATION).iter();
    let (Some(given), None) = (given.next(), given.next()) else { return None };
    let (scheme, token) = given.as_bytes().split_at_checked("Bearer ".len())?;
    scheme.eq_ignore_ascii_case(b"Bearer ").then(|| token.trim_ascii())
}

fn refused(challenge: &'static str, detail: &'static str) -> Response {
    let problem = Problem::new(StatusCode::UNAUTHORIZED).detail(detail);
    ([(WWW_AUTHENTICATE, challenge)], problem).into_response()
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    const TOKEN: &str = "0123456789abcdefABCDEF-._~+/=xyz";

    #[test]
    fn a_token_is_long_and_can_be_sent() {
        assert!(Token::of(OsStr::new(TOKEN)).is_ok());
        let strange =
            ["hunter2", &TOKEN[1..], &format!("{TOKEN} "), &format!("{TOKEN}\n"), &format!("{TOKEN}é")];
        for text in strange {
            let why = Token::of(OsStr::new(text)).expect_err(text);
            assert!(!why.contains(text), "{why}");
        }
        assert!(Token::of(OsStr::new("")).is_err());
    }

    #[test]
    fn it_is_equal_to_itself_only_and_is_not_shown() {
        let token = Token::of(OsStr::new(TOKEN)).expect("long enough");
        assert!(token.is(TOKEN.as_bytes()));
        for other in ["", &TOKEN[1..], &format!("{TOKEN}x"), &TOKEN.to_lowercase()] {
            assert!(!token.is(other.as_bytes()), "{other}");
        }
        assert_eq!(format!("{token:?}"), "Token(..)");
    }

    #[test]
    fn it_is_borne_once_and_in_one_way() {
        let headers = |values: &[&'static str]| {
            let mut headers = HeaderMap::new();
            for value in values {
                headers.append(AUTHORIZATION, HeaderValue::from_static(value));
            }
            headers
        };
        for value in ["Bearer x", "bearer x", "BEARER   x "] {
            assert_eq!(borne(&headers(&[value])), Some(&b"x"[..]), "{value}");
        }
        for values in [&[][..], &["x"], &["Basic x"], &["Bearerx"], &["Bearer"], &["Bearer x", "Bearer x"]] {
            assert_eq!(borne(&headers(values)), None, "{values:?}");
        }
    }
}
