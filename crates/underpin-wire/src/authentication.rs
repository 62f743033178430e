//! Proving who we are: by a password as it is, by its MD5 digest, or by SCRAM-SHA-256 (RFC 7677).

use postgres_protocol::authentication::md5_hash;
use postgres_protocol::authentication::sasl::{
    ChannelBinding, SCRAM_SHA_256, SCRAM_SHA_256_PLUS, ScramSha256,
};

use crate::connection::Connection;
use crate::description::Reader;
use crate::{Binding, Error, Login, frame};

/// What an authentication message asks for.
const OK: u32 = 0;
const CLEARTEXT: u32 = 3;
const MD5: u32 = 5;
const SASL: u32 = 10;
const SASL_CONTINUE: u32 = 11;
const SASL_FINAL: u32 = 12;

const UNBOUND: Error =
    Error::Login("the server does not bind the password's proof to the encrypted connection");
const UNKNOWN: Error = Error::Login("the server asks for a way to log in that is not supported");
const FAILED: Error = Error::Login("the server does not prove that it knows the password");

/// Proves who we are.
pub(crate) async fn authenticate(
    connection: &mut Connection,
    login: &Login,
    end_point: Option<Vec<u8>>,
) -> Result<(), Error> {
    let unbound = || if login.binding == Binding::Require { Err(UNBOUND) } else { Ok(()) };
    let password = || login.password.as_deref().ok_or(Error::NoPassword);
    match asked(connection).await? {
        OK => return unbound(),
        CLEARTEXT => {
            unbound()?;
            frame::password(password()?, &mut connection.outbound)?;
        }
        MD5 => {
            unbound()?;
            let salt = content(connection).first_chunk().copied();
            let salt = salt.ok_or(Error::Unexpected("a message that is cut off"))?;
            let proof = md5_hash(login.user.as_bytes(), password()?.as_bytes(), salt);
            frame::password(&proof, &mut connection.outbound)?;
        }
        SASL => scram(connection, login, password()?, end_point).await?,
        _ => return Err(UNKNOWN),
    }
    match asked(connection).await? {
        OK => Ok(()),
        _ => Err(UNKNOWN),
    }
}

/// Proves it by SCRAM, in which the server proves that it knows the password, too.
async fn scram(
    connection: &mut Connection,
    login: &Login,
    password: &str,
    end_point: Option<Vec<u8>>,
) -> Result<(), Error> {
    let (mut plain, mut plus) = (false, false);
    let mut mechanisms = Reader(content(connection));
    while let Ok(name @ [_, ..]) = mechanisms.text() {
        plain |= name == SCRAM_SHA_256.as_bytes();
        plus |= name == SCRAM_SHA_256_PLUS.as_bytes();
    }
    let end_point = end_point.filter(|_| login.binding != Binding::Disable);
    let (mechanism, binding) = match end_point {
        Some(digest) if plus => (SCRAM_SHA_256_PLUS, ChannelBinding::tls_server_end_point(digest)),
        _ if login.binding == Binding::Require => return Err(UNBOUND),
        // That we could have is told, so that nobody between us can hide that the server can.
        Some(_) if plain => (SCRAM_SHA_256, ChannelBinding::unrequested()),
        None if plain => (SCRAM_SHA_256, ChannelBinding::unsupported()),
        _ => return Err(UNKNOWN),
    };
    let mut scram = ScramSha256::new(password.as_bytes(), binding);
    frame::sasl_start(mechanism, scram.message(), &mut connection.outbound)?;
    if asked(connection).await? != SASL_CONTINUE {
        return Err(UNKNOWN);
    }
    scram.update(content(connection)).map_err(|_| FAILED)?;
    frame::sasl_step(scram.message(), &mut connection.outbound)?;
    if asked(connection).await? != SASL_FINAL {
        return Err(UNKNOWN);
    }
    scram.finish(content(connection)).map_err(|_| FAILED)
}

/// What the server asks for next.
async fn asked(connection: &mut Connection) -> Result<u32, Error> {
    match connection.message().await? {
        frame::AUTHENTICATION => Reader(connection.inbound.body()).u32(),
        frame::ERROR => Err(connection.refused()),
        frame::NEGOTIATE => Err(UNKNOWN),
        _ => Err(connection.unexpected("to the log-in")),
    }
}

/// What stands behind the number of an authentication message.
fn content(connection: &Connection) -> &[u8] {
    connection.inbound.body().get(4..).unwrap_or_default()
}
