//! Cells as they arrive: read by position, straight out of the driver's buffer.

use rust_decimal::Decimal;
use underpin_core::{CellError, Cells, Interval};
use underpin_wire::{Column, Kind, Row, Type};

use super::{EPOCH_DAYS, EPOCH_MICROS, numeric};

const INFINITE: CellError = CellError::OutOfRange("the stored time is infinite");

/// Where cells come from: a row of a result, or one element of an array.
pub(crate) trait Source {
    /// The bytes of a cell with its type; `None` is NULL.
    fn raw(&self, position: usize) -> Result<Option<&[u8]>, CellError>;

    /// The type of a cell.
    fn ty(&self, position: usize) -> Option<&Type>;
}

/// Cells of a source.
pub(crate) struct PgCells<S>(pub(crate) S);

impl Source for Row<'_> {
    fn raw(&self, position: usize) -> Result<Option<&[u8]>, CellError> {
        self.get(position).ok_or(CellError::Malformed("a row of so many columns"))
    }

    fn ty(&self, position: usize) -> Option<&Type> {
        self.columns().get(position).map(Column::type_)
    }
}

/// One element of an array; its position does not matter.
struct Element<'a> {
    raw: Option<&'a [u8]>,
    ty: Option<&'a Type>,
}

impl Source for Element<'_> {
    fn raw(&self, _position: usize) -> Result<Option<&[u8]>, CellError> {
        Ok(self.raw)
    }

    fn ty(&self, _position: usize) -> Option<&Type> {
        self.ty
    }
}

impl<S: Source> PgCells<S> {
    fn bytes_of(&self, position: usize) -> Result<&[u8], CellError> {
        self.0.raw(position)?.ok_or(CellError::Null)
    }

    /// A cell of a fixed length.
    fn fixed<const N: usize>(&self, position: usize, what: &'static str) -> Result<[u8; N], CellError> {
        self.bytes_of(position)?.try_into().map_err(|_| CellError::Malformed(what))
    }

    fn str_of(&self, position: usize) -> Result<&str, CellError> {
        std::str::from_utf8(self.bytes_of(position)?).map_err(|_| CellError::Malformed("UTF-8 text"))
    }

    fn micros(&self, position: usize) -> Result<i64, CellError> {
        let micros = i64::from_be_bytes(self.fixed(position, "a timestamp")?);
        if micros == i64::MAX || micros == i64::MIN {
            return Err(INFINITE);
        }
        micros.checked_add(EPOCH_MICROS).ok_or(CellError::OutOfRange("64 bits of microseconds since 1970"))
    }
}

impl<S: Source> Cells for PgCells<S> {
    fn is_null(&self, position: usize) -> bool {
        matches!(self.0.raw(position), Ok(None) | Err(_))
    }

    fn bool(&self, position: usize) -> Result<bool, CellError> {
        self.fixed::<1>(position, "a boolean").map(|[byte]| byte != 0)
    }

    fn i16(&self, position: usize) -> Result<i16, CellError> {
        self.fixed(position, "an integer of 16 bits").map(i16::from_be_bytes)
    }

    fn i32(&self, position: usize) -> Result<i32, CellError> {
        self.fixed(position, "an integer of 32 bits").map(i32::from_be_bytes)
    }

    fn i64(&self, position: usize) -> Result<i64, CellError> {
        self.fixed(position, "an integer of 64 bits").map(i64::from_be_bytes)
    }

    fn f32(&self, position: usize) -> Result<f32, CellError> {
        self.fixed(position, "a float of 32 bits").map(f32::from_be_bytes)
    }

    fn f64(&self, position: usize) -> Result<f64, CellError> {
        self.fixed(position, "a float of 64 bits").map(f64::from_be_bytes)
    }

    fn text(&self, position: usize) -> Result<&str, CellError> {
        self.str_of(position)
    }

    fn bytes(&self, position: usize) -> Result<&[u8], CellError> {
        self.bytes_of(position)
    }

    fn decimal(&self, position: usize) -> Result<Decimal, CellError> {
        numeric::read(self.bytes_of(position)?)
    }

    fn uuid(&self, position: usize) -> Result<[u8; 16], CellError> {
        self.fixed(position, "a UUID")
    }

    fn date(&self, position: usize) -> Result<i32, CellError> {
        let days = i32::from_be_bytes(self.fixed(position, "a date")?);
        if days == i32::MAX || days == i32::MIN {
            return Err(INFINITE);
        }
        days.checked_add(EPOCH_DAYS).ok_or(CellError::OutOfRange("32 bits of days since 1970"))
    }

    fn time(&self, position: usize) -> Result<i64, CellError> {
        self.fixed(position, "a time of day").map(i64::from_be_bytes)
    }

    fn timestamp(&self, position: usize) -> Result<i64, CellError> {
        self.micros(position)
    }

    fn timestamptz(&self, position: usize) -> Result<i64, CellError> {
        self.micros(position)
    }

    fn interval(&self, position: usize) -> Result<Interval, CellError> {
        let [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p] = self.fixed::<16>(position, "an interval")?;
        Ok(Interval {
            micros: i64::from_be_bytes([a, b, c, d, e, f, g, h]),
            days: i32::from_be_bytes([i, j, k, l]),
            months: i32::from_be_bytes([m, n, o, p]),
        })
    }

    fn json(&self, position: usize) -> Result<&str, CellError> {
        let text = self.str_of(position)?;
        match self.0.ty(position) {
            // The binary form begins with its version.
            Some(&Type::JSONB) => {
                text.strip_prefix('\u{1}').ok_or(CellError::Malformed("a JSON document of version 1"))
            }
            _ => Ok(text),
        }
    }

    fn array(
        &self,
        position: usize,
        each: &mut dyn FnMut(&dyn Cells) -> Result<(), CellError>,
    ) -> Result<(), CellError> {
        const MALFORMED: CellError = CellError::Malformed("an array");
        let mut rest = self.bytes_of(position)?;
        let word = |rest: &mut &[u8]| -> Result<i32, CellError> {
            let (word, after) = rest.split_first_chunk().ok_or(MALFORMED)?;
            *rest = after;
            Ok(i32::from_be_bytes(*word))
        };
        let dimensions = word(&mut rest)?;
        word(&mut rest)?; // whether there are NULLs
        word(&mut rest)?; // the element's type, known from the column
        match dimensions {
            0 => return Ok(()),
            1 => {}
            _ => return Err(CellError::OutOfRange("the stored array has several dimensions")),
        }
        let length = word(&mut rest)?;
        word(&mut rest)?; // the first index
        let ty = self.0.ty(position).and_then(element_of);
        for _ in 0..length {
            let raw = match usize::try_from(word(&mut rest)?) {
                Ok(size) => {
                    let (raw, after) = rest.split_at_checked(size).ok_or(MALFORMED)?;
                    rest = after;
                    Some(raw)
                }
                Err(_) => None,
            };
            each(&PgCells(Element { raw, ty }))?;
        }
        Ok(())
    }
}

fn element_of(ty: &Type) -> Option<&Type> {
    match ty.kind() {
        Kind::Array(element) => Some(element),
        Kind::Domain(base) => element_of(base),
        _ => None,
    }
}
