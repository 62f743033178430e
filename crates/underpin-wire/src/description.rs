//! What the server says of a statement: the types of its parameters, and the names and types of its columns.

use postgres_types::Type;

use crate::Error;
use crate::prepared::Name;

/// A column of a result.
#[derive(Debug, Clone)]
pub struct Column {
    name: String,
    ty: Type,
}

impl Column {
    pub(crate) fn new(name: String, ty: Type) -> Self {
        Self { name, ty }
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its type.
    pub fn type_(&self) -> &Type {
        &self.ty
    }
}

/// A statement that the server has prepared, with types by their numbers alone;
/// [`Connection::resolve`](crate::Connection::resolve) finds out what they are.
#[derive(Debug)]
pub struct Described {
    pub(crate) name: Name,
    pub(crate) params: Vec<u32>,
    pub(crate) columns: Vec<(String, u32)>,
}

const CUT_OFF: Error = Error::Unexpected("a message that is cut off");

/// Reads a message of the server from its beginning to its end.
pub(crate) struct Reader<'a>(pub(crate) &'a [u8]);

impl<'a> Reader<'a> {
    /// One byte.
    pub(crate) fn byte(&mut self) -> Result<u8, Error> {
        self.array().map(|[byte]| byte)
    }

    /// A number of 16 bits.
    pub(crate) fn u16(&mut self) -> Result<u16, Error> {
        self.array().map(u16::from_be_bytes)
    }

    /// A number of 32 bits.
    pub(crate) fn u32(&mut self) -> Result<u32, Error> {
        self.array().map(u32::from_be_bytes)
    }

    /// A text that ends with NUL, without it.
    pub(crate) fn text(&mut self) -> Result<&'a [u8], Error> {
        let end = self.0.iter().position(|byte| *byte == 0).ok_or(CUT_OFF)?;
        let (text, rest) = self.0.split_at(end);
        self.0 = rest.get(1..).unwrap_or_default();
        Ok(text)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], Error> {
        let (bytes, rest) = self.0.split_first_chunk().ok_or(CUT_OFF)?;
        self.0 = rest;
        Ok(*bytes)
    }
}

/// Reads a ParameterDescription.
pub(crate) fn parameters(body: &[u8]) -> Result<Vec<u32>, Error> {
    let mut reader = Reader(body);
    let count = reader.u16()?;
    (0..count).map(|_| reader.u32()).collect()
}

/// Reads a RowDescription.
pub(crate) fn columns(body: &[u8]) -> Result<Vec<(String, u32)>, Error> {
    let mut reader = Reader(body);
    let count = reader.u16()?;
    let column = |_| {
        let name = String::from_utf8_lossy(reader.text()?).into_owned();
        // The table and the column in it that it comes from.
        reader.u32()?;
        reader.u16()?;
        let ty = reader.u32()?;
        // The type's length, its modifier, and the format.
        reader.u16()?;
        reader.u32()?;
        reader.u16()?;
        Ok((name, ty))
    };
    (0..count).map(column).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn descriptions_are_read() {
        assert_eq!(parameters(&[0, 2, 0, 0, 0, 20, 0, 0, 0, 25]).unwrap(), [20, 25]);
        let mut body = vec![0, 1];
        body.extend_from_slice(b"email\0");
        body.extend_from_slice(&[0, 0, 0, 9, 0, 1, 0, 0, 0, 25, 255, 255, 255, 255, 255, 255, 0, 1]);
        assert_eq!(columns(&body).unwrap(), [("email".to_owned(), 25)]);
    }

    #[test]
    fn what_is_cut_off_is_an_error() {
        for body in [&[][..], &[0], &[0, 1], &[0, 1, b'a'], &[0, 1, b'a', 0, 0]] {
            assert!(columns(body).is_err(), "{body:?}");
        }
        assert!(parameters(&[0, 1, 0, 0, 0]).is_err());
    }
}
