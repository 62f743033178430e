//! The messages we write, and the tags of those we read.

use bytes::{BufMut, BytesMut};

use crate::Error;

/// Tags of the server's messages.
pub(crate) const AUTHENTICATION: u8 = b'R';
pub(crate) const BIND_COMPLETE: u8 = b'2';
pub(crate) const CLOSE_COMPLETE: u8 = b'3';
pub(crate) const COMMAND_COMPLETE: u8 = b'C';
pub(crate) const COPY_DATA: u8 = b'd';
pub(crate) const COPY_DONE: u8 = b'c';
pub(crate) const COPY_IN: u8 = b'G';
pub(crate) const COPY_OUT: u8 = b'H';
pub(crate) const DATA_ROW: u8 = b'D';
pub(crate) const EMPTY_QUERY: u8 = b'I';
pub(crate) const ERROR: u8 = b'E';
pub(crate) const KEY: u8 = b'K';
pub(crate) const NEGOTIATE: u8 = b'v';
pub(crate) const NOTICE: u8 = b'N';
pub(crate) const NOTIFICATION: u8 = b'A';
pub(crate) const NO_DATA: u8 = b'n';
pub(crate) const PARAMETER: u8 = b'S';
pub(crate) const PARAMETER_DESCRIPTION: u8 = b't';
pub(crate) const PARSE_COMPLETE: u8 = b'1';
pub(crate) const PORTAL_SUSPENDED: u8 = b's';
pub(crate) const READY: u8 = b'Z';
pub(crate) const ROW_DESCRIPTION: u8 = b'T';

/// Version 3.0 of the protocol.
const VERSION: i32 = 3 << 16;

/// Writes one message behind its tag and length.
pub(crate) fn frame(
    tag: u8,
    out: &mut BytesMut,
    body: impl FnOnce(&mut BytesMut) -> Result<(), Error>,
) -> Result<(), Error> {
    out.put_u8(tag);
    lengthy(out, body)
}

/// Writes something behind its length, which counts itself.
fn lengthy(out: &mut BytesMut, body: impl FnOnce(&mut BytesMut) -> Result<(), Error>) -> Result<(), Error> {
    let start = out.len();
    out.put_i32(0);
    body(out)?;
    patch(start, out)
}

/// Writes the length of all that stands from `start` on there.
pub(crate) fn patch(start: usize, out: &mut BytesMut) -> Result<(), Error> {
    put_length(start, out.len() - start, out)
}

/// Writes a length where room was left for it.
pub(crate) fn put_length(at: usize, length: usize, out: &mut BytesMut) -> Result<(), Error> {
    let length = i32::try_from(length).map_err(|_| Error::TooLarge)?;
    if let Some(slot) = out.get_mut(at..at + 4) {
        slot.copy_from_slice(&length.to_be_bytes());
    }
    Ok(())
}

/// A text that ends with NUL.
pub(crate) fn text(text: &str, out: &mut BytesMut) -> Result<(), Error> {
    if text.as_bytes().contains(&0) {
        return Err(Error::Nul);
    }
    out.put_slice(text.as_bytes());
    out.put_u8(0);
    Ok(())
}

/// Statements that are executed as they stand.
pub(crate) fn query(sql: &str, out: &mut BytesMut) -> Result<(), Error> {
    frame(b'Q', out, |out| text(sql, out))
}

/// A statement to be prepared under a name; types of parameters, 0 for what the server finds out.
pub(crate) fn parse(name: &str, sql: &str, types: &[u32], out: &mut BytesMut) -> Result<(), Error> {
    frame(b'P', out, |out| {
        text(name, out)?;
        text(sql, out)?;
        out.put_u16(u16::try_from(types.len()).map_err(|_| Error::TooLarge)?);
        types.iter().for_each(|ty| out.put_u32(*ty));
        Ok(())
    })
}

/// Asks what a statement, `b'S'`, or a portal, `b'P'`, is.
pub(crate) fn describe(kind: u8, name: &str, out: &mut BytesMut) -> Result<(), Error> {
    frame(b'D', out, |out| {
        out.put_u8(kind);
        text(name, out)
    })
}

/// Executes the portal without a name, to its end.
pub(crate) fn execute(out: &mut BytesMut) {
    out.put_slice(b"E\0\0\0\x09\0\0\0\0\0");
}

/// Forgets a statement.
pub(crate) fn close(name: &str, out: &mut BytesMut) -> Result<(), Error> {
    frame(b'C', out, |out| {
        out.put_u8(b'S');
        text(name, out)
    })
}

/// Ends a request.
pub(crate) fn sync(out: &mut BytesMut) {
    out.put_slice(b"S\0\0\0\x04");
}

/// Ends a COPY.
pub(crate) fn copy_done(out: &mut BytesMut) {
    out.put_slice(b"c\0\0\0\x04");
}

/// Gives a COPY up.
pub(crate) fn copy_fail(out: &mut BytesMut) {
    out.put_slice(b"f\0\0\0\x0Dgiven up\0");
}

/// Says goodbye.
pub(crate) fn terminate(out: &mut BytesMut) {
    out.put_slice(b"X\0\0\0\x04");
}

/// Starts a session.
pub(crate) fn start(parameters: &[(&str, &str)], out: &mut BytesMut) -> Result<(), Error> {
    lengthy(out, |out| {
        out.put_i32(VERSION);
        for (name, value) in parameters {
            text(name, out)?;
            text(value, out)?;
        }
        out.put_u8(0);
        Ok(())
    })
}

/// A password, or what proves it.
pub(crate) fn password(proof: &str, out: &mut BytesMut) -> Result<(), Error> {
    frame(b'p', out, |out| text(proof, out))
}

/// Starts a proof by steps.
pub(crate) fn sasl_start(mechanism: &str, first: &[u8], out: &mut BytesMut) -> Result<(), Error> {
    frame(b'p', out, |out| {
        text(mechanism, out)?;
        out.put_i32(i32::try_from(first.len()).map_err(|_| Error::TooLarge)?);
        out.put_slice(first);
        Ok(())
    })
}

/// The next step of a proof.
pub(crate) fn sasl_step(next: &[u8], out: &mut BytesMut) -> Result<(), Error> {
    frame(b'p', out, |out| {
        out.put_slice(next);
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_stand_behind_tag_and_length() {
        let mut out = BytesMut::new();
        query("SELECT 1", &mut out).unwrap();
        assert_eq!(&out[..], b"Q\0\0\0\x0dSELECT 1\0");
        out.clear();
        parse("s1", "SELECT $1", &[25], &mut out).unwrap();
        assert_eq!(&out[..], b"P\0\0\0\x17s1\0SELECT $1\0\0\x01\0\0\0\x19");
        out.clear();
        copy_fail(&mut out);
        assert_eq!(&out[..], b"f\0\0\0\x0dgiven up\0");
    }

    #[test]
    fn a_nul_inside_a_text_is_refused() {
        assert!(matches!(query("a\0b", &mut BytesMut::new()), Err(Error::Nul)));
    }
}
