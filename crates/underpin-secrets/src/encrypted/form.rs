//! How an envelope stands in its column.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use underpin_core::{CellError, Cells, ColumnType, Encoder};

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
        out.text(&STANDARD.encode(envelope))
    }

    fn read(cells: &dyn Cells, position: usize) -> Result<Vec<u8>, CellError> {
        let text = cells.text(position)?;
        STANDARD.decode(text).map_err(|_| CellError::Malformed("an encrypted value in base64"))
    }
}
