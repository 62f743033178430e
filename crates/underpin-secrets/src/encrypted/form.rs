//! How an envelope stands in its column.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use underpin_core::{CellError, Cells, ColumnType, Encoder};

use crate::buffer;

const UNFIT: CellError = CellError::OutOfRange("the length of an envelope in base64");

/// How an envelope stands in its column: [`Binary`] or [`Base64`].
pub trait Form: 'static {
    /// The column type.
    const TYPE: ColumnType;

    /// Writes an envelope.
    ///
    /// # Errors
    /// If the encoder refuses it.
    fn write(envelope: &[u8], out: &mut dyn Encoder) -> Result<(), CellError>;

    /// Reads an envelope, whatever is in it.
    ///
    /// # Errors
    /// If the cell is NULL or not of this form.
    fn read(cells: &dyn Cells, position: usize) -> Result<Vec<u8>, CellError>;
}

/// As bytes: BYTEA or BLOB.
#[derive(Debug, Clone, Copy)]
pub struct Binary;

/// As text, in base64 with the usual alphabet and padding.
#[derive(Debug, Clone, Copy)]
pub struct Base64;

impl Form for Binary {
    const TYPE: ColumnType = ColumnType::Bytes;

    fn write(envelope: &[u8], out: &mut dyn Encoder) -> Result<(), CellError> {
        out.bytes(envelope)
    }

    fn read(cells: &dyn Cells, position: usize) -> Result<Vec<u8>, CellError> {
        cells.bytes(position).map(<[u8]>::to_vec)
    }
}

impl Form for Base64 {
    const TYPE: ColumnType = ColumnType::Text;

    fn write(envelope: &[u8], out: &mut dyn Encoder) -> Result<(), CellError> {
        buffer::with(envelope.len().div_ceil(3) * 4, |text| {
            // It is as long as it has to be, and base64 is text: neither fails, and nothing may be stored instead.
            let len = STANDARD.encode_slice(envelope, text).map_err(|_| UNFIT)?;
            out.text(std::str::from_utf8(&text[..len]).map_err(|_| UNFIT)?)
        })
    }

    fn read(cells: &dyn Cells, position: usize) -> Result<Vec<u8>, CellError> {
        let text = cells.text(position)?;
        let mut envelope = Vec::with_capacity(text.len().div_ceil(4) * 3);
        match STANDARD.decode_vec(text, &mut envelope) {
            Ok(()) => Ok(envelope),
            Err(_) => Err(CellError::Malformed("an encrypted value in base64")),
        }
    }
}
