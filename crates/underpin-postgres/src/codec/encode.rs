//! Parameters: written by their values straight into the request.

use bytes::{BufMut, BytesMut};
use rust_decimal::Decimal;
use underpin_core::{CellError, ColumnType, Encoder, Interval};
use underpin_schema::TableDef;
use underpin_sql::{Bound, CellOf, ColumnRef, Param, ParamShape, Rows};
use underpin_wire::{Kind, Parameters, Type, Unfit};

use super::types::declared;
use super::{EPOCH_DAYS, EPOCH_MICROS, literal, numeric};

/// One parameter of a request, written when the request is.
#[derive(Clone, Copy)]
pub(crate) struct Bind<'a> {
    source: Source<'a>,
    ty: ColumnType,
    table: Option<&'static TableDef>,
}

#[derive(Clone, Copy)]
enum Source<'a> {
    /// One cell of one row.
    Cell(&'a dyn Rows, usize, CellOf),
    /// One cell of every row, as an array.
    Column(&'a dyn Rows, CellOf),
    /// One cell of every row, as an array of texts.
    ColumnAsText(&'a dyn Rows, CellOf),
    Value(&'a Param, Option<ColumnRef>),
    Values(&'a [Param], Option<ColumnRef>),
    Count(u64),
    /// In PostgreSQL's text form, whatever the type.
    Text(Option<&'a str>),
}

impl<'a> Bind<'a> {
    /// One cell of a row.
    pub(crate) fn cell(
        table: &'static TableDef,
        rows: &'a dyn Rows,
        row: usize,
        cell: CellOf,
        ty: ColumnType,
    ) -> Self {
        Self { source: Source::Cell(rows, row, cell), ty, table: Some(table) }
    }

    /// One cell of every row.
    pub(crate) fn column(table: &'static TableDef, rows: &'a dyn Rows, shape: &ParamShape) -> Self {
        let source = if shape.as_text {
            Source::ColumnAsText(rows, shape.cell)
        } else {
            Source::Column(rows, shape.cell)
        };
        Self { source, ty: shape.ty, table: Some(table) }
    }

    /// A parameter of a query.
    pub(crate) fn bound(table: &'static TableDef, bound: &Bound<'a>) -> Self {
        let (source, ty) = match *bound {
            Bound::Value(value, ty, of) => (Source::Value(value, of), ty),
            Bound::Array(values, ty, of) => (Source::Values(values, of), ty),
            Bound::Count(count) => (Source::Count(count), ColumnType::BigInt),
        };
        Self { source, ty, table: Some(table) }
    }

    /// Text that the server reads as whatever type the statement asks for.
    pub(crate) fn text(text: Option<&'a str>) -> Self {
        Self { source: Source::Text(text), ty: ColumnType::Text, table: None }
    }

    /// The type to declare where no prepared statement tells it.
    pub(crate) fn declared(&self) -> Type {
        match self.source {
            Source::Text(_) => Type::UNKNOWN,
            Source::ColumnAsText(..) => Type::TEXT_ARRAY,
            Source::Column(..) | Source::Values(..) => declared(self.ty, true),
            Source::Cell(..) | Source::Value(..) | Source::Count(_) => declared(self.ty, false),
        }
    }

    /// Whether the parameter travels in text form: an array whose element type is not known here.
    fn is_text(&self, pg: &Type) -> bool {
        match self.source {
            Source::Text(_) => true,
            Source::Column(..) | Source::Values(..) => element_of(pg).is_none(),
            Source::Cell(..) | Source::Value(..) => {
                matches!(self.ty, ColumnType::Array(_)) && element_of(pg).is_none()
            }
            Source::ColumnAsText(..) | Source::Count(_) => false,
        }
    }

    /// The failure, with the column that it is about, where that is known.
    fn refused(&self, why: CellError) -> Refused {
        let column = match self.source {
            Source::Cell(_, _, cell) | Source::Column(_, cell) | Source::ColumnAsText(_, cell) => {
                let (CellOf::New(position) | CellOf::Old(position)) = cell;
                self.table.map(|table| ColumnRef { table, alias: None, position })
            }
            Source::Value(_, of) | Source::Values(_, of) => of,
            Source::Count(_) | Source::Text(_) => None,
        };
        let table = column.map(|column| column.table).or(self.table);
        Refused {
            table: table.map_or("?", |table| table.name),
            column: column.map_or("(value)", |column| column.name()),
            why,
        }
    }

    fn write(&self, pg: &Type, out: &mut BytesMut) -> Result<IsNull, CellError> {
        let ty = self.ty;
        if self.is_text(pg) {
            return self.write_text(out);
        }
        match self.source {
            Source::Cell(rows, row, cell) => one(ty, pg, out, |encoder| rows.encode(row, cell, encoder)),
            Source::Value(value, _) => one(ty, pg, out, |encoder| value.encode(encoder)),
            Source::Count(count) => {
                out.put_i64(i64::try_from(count).map_err(|_| CellError::OutOfRange("64 bits with a sign"))?);
                Ok(IsNull::No)
            }
            Source::Column(rows, cell) => {
                array(ty, pg, out, rows.len(), &mut |row, encoder| rows.encode(row, cell, encoder))
            }
            Source::ColumnAsText(rows, cell) => {
                array(ColumnType::Text, pg, out, rows.len(), &mut |row, encoder| match literal::text_of(
                    ty,
                    |out| rows.encode(row, cell, out),
                )? {
                    Some(text) => encoder.text(&text),
                    None => encoder.null(),
                })
            }
            Source::Values(values, _) => array(ty, pg, out, values.len(), &mut |index, encoder| {
                values.get(index).map_or(Ok(()), |value| value.encode(encoder))
            }),
            Source::Text(_) => self.write_text(out),
        }
    }

    fn write_text(&self, out: &mut BytesMut) -> Result<IsNull, CellError> {
        let ty = self.ty;
        let list = |length: usize, each: &mut dyn FnMut(usize, &mut dyn Encoder) -> Result<(), CellError>| {
            literal::text_of(ty, |encoder| encoder.array(length, each))
        };
        let text = match self.source {
            Source::Text(text) => {
                return Ok(text.map_or(IsNull::Yes, |text| {
                    out.put_slice(text.as_bytes());
                    IsNull::No
                }));
            }
            Source::Cell(rows, row, cell) => literal::text_of(ty, |out| rows.encode(row, cell, out))?,
            Source::Value(value, _) => literal::text_of(ty, |out| value.encode(out))?,
            Source::Column(rows, cell) | Source::ColumnAsText(rows, cell) => {
                list(rows.len(), &mut |row, out| rows.encode(row, cell, out))?
            }
            Source::Values(values, _) => {
                list(values.len(), &mut |index, out| values.get(index).map_or(Ok(()), |v| v.encode(out)))?
            }
            Source::Count(count) => Some(count.to_string()),
        };
        Ok(text.map_or(IsNull::Yes, |text| {
            out.put_slice(text.as_bytes());
            IsNull::No
        }))
    }
}

/// The parameters of a request.
pub(crate) struct Binds<'a>(pub(crate) &'a [Bind<'a>]);

impl Parameters for Binds<'_> {
    fn len(&self) -> usize {
        self.0.len()
    }

    fn declared(&self, index: usize) -> Type {
        self.0.get(index).map_or(Type::UNKNOWN, Bind::declared)
    }

    fn is_text(&self, index: usize, ty: &Type) -> bool {
        self.0.get(index).is_some_and(|bind| bind.is_text(ty))
    }

    fn write(&self, index: usize, ty: &Type, out: &mut BytesMut) -> Result<bool, Unfit> {
        let Some(bind) = self.0.get(index) else { return Ok(false) };
        match bind.write(ty, out) {
            Ok(is_null) => Ok(matches!(is_null, IsNull::No)),
            Err(why) => Err(bind.refused(why).into()),
        }
    }
}

/// Whether a value is NULL, of which nothing is written.
pub(crate) enum IsNull {
    /// It is.
    Yes,
    /// It is written.
    No,
}

/// A value that its column cannot hold, found while the request was being written; nothing of it was sent.
#[derive(Debug)]
pub(crate) struct Refused {
    /// The table, where it is known.
    pub(crate) table: &'static str,
    /// The column, where it is known.
    pub(crate) column: &'static str,
    /// Why.
    pub(crate) why: CellError,
}

impl std::fmt::Display for Refused {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.why.fmt(f)
    }
}

impl std::error::Error for Refused {}

/// Writes one cell behind its length, as arrays and COPY want it.
pub(crate) fn encode_cell(
    ty: ColumnType,
    pg: &Type,
    out: &mut BytesMut,
    write: impl FnOnce(&mut dyn Encoder) -> Result<(), CellError>,
) -> Result<IsNull, CellError> {
    let start = out.len();
    out.put_i32(-1);
    let is_null = one(ty, pg, out, write)?;
    if matches!(is_null, IsNull::No) {
        let length = i32::try_from(out.len() - start - 4)
            .map_err(|_| CellError::OutOfRange("a value holds at most 1 GB"))?;
        if let Some(slot) = out.get_mut(start..start + 4) {
            slot.copy_from_slice(&length.to_be_bytes());
        }
    }
    Ok(is_null)
}

fn one(
    ty: ColumnType,
    pg: &Type,
    out: &mut BytesMut,
    write: impl FnOnce(&mut dyn Encoder) -> Result<(), CellError>,
) -> Result<IsNull, CellError> {
    let mut wire = Wire { out, ty, pg, null: false };
    write(&mut wire)?;
    Ok(if wire.null { IsNull::Yes } else { IsNull::No })
}

/// An array of one dimension, with elements of the type `ty`.
fn array(
    ty: ColumnType,
    pg: &Type,
    out: &mut BytesMut,
    length: usize,
    each: &mut dyn FnMut(usize, &mut dyn Encoder) -> Result<(), CellError>,
) -> Result<IsNull, CellError> {
    let element = element_of(pg).ok_or(CellError::WrongType("no array"))?;
    let count =
        i32::try_from(length).map_err(|_| CellError::OutOfRange("an array has at most 2^31 elements"))?;
    out.put_i32(i32::from(length > 0)); // dimensions
    let has_null = out.len();
    out.put_i32(0);
    out.put_u32(element.oid());
    if length > 0 {
        out.put_i32(count);
        out.put_i32(1); // first index
    }
    for index in 0..length {
        let is_null = encode_cell(ty, element, out, |encoder| each(index, encoder))?;
        if let (IsNull::Yes, Some(flag)) = (is_null, out.get_mut(has_null + 3)) {
            *flag = 1;
        }
    }
    Ok(IsNull::No)
}

fn element_of(pg: &Type) -> Option<&Type> {
    match pg.kind() {
        Kind::Array(element) => Some(element),
        Kind::Domain(base) => element_of(base),
        _ => None,
    }
}

/// One value in binary form.
struct Wire<'b> {
    out: &'b mut BytesMut,
    ty: ColumnType,
    pg: &'b Type,
    null: bool,
}

impl Wire<'_> {
    /// Refuses a value that writes another type than it declared: the server would misread its bytes.
    fn declared(&self, fits: bool) -> Result<(), CellError> {
        if fits { Ok(()) } else { Err(CellError::WrongType("another type than the value writes")) }
    }

    fn micros(&mut self, micros: i64) -> Result<(), CellError> {
        // From 4714-11-24 BC to 294276-12-31; beyond stand the values that mean infinity.
        const FIRST: i64 = -211_813_488_000_000_000;
        const END: i64 = 9_223_371_331_200_000_000;
        let micros = micros.checked_sub(EPOCH_MICROS).filter(|micros| (FIRST..END).contains(micros));
        self.out.put_i64(micros.ok_or(CellError::OutOfRange("PostgreSQL's years 4713 BC to 294276"))?);
        Ok(())
    }
}

impl Encoder for Wire<'_> {
    fn null(&mut self) -> Result<(), CellError> {
        self.null = true;
        Ok(())
    }
    fn bool(&mut self, value: bool) -> Result<(), CellError> {
        self.declared(self.ty == ColumnType::Bool)?;
        self.out.put_u8(value.into());
        Ok(())
    }
    fn i16(&mut self, value: i16) -> Result<(), CellError> {
        self.declared(self.ty == ColumnType::SmallInt)?;
        self.out.put_i16(value);
        Ok(())
    }
    fn i32(&mut self, value: i32) -> Result<(), CellError> {
        self.declared(self.ty == ColumnType::Integer)?;
        self.out.put_i32(value);
        Ok(())
    }
    fn i64(&mut self, value: i64) -> Result<(), CellError> {
        self.declared(self.ty == ColumnType::BigInt)?;
        self.out.put_i64(value);
        Ok(())
    }
    fn f32(&mut self, value: f32) -> Result<(), CellError> {
        self.declared(self.ty == ColumnType::Real)?;
        self.out.put_f32(value);
        Ok(())
    }
    fn f64(&mut self, value: f64) -> Result<(), CellError> {
        self.declared(self.ty == ColumnType::Double)?;
        self.out.put_f64(value);
        Ok(())
    }
    fn text(&mut self, value: &str) -> Result<(), CellError> {
        self.declared(self.ty.is_text() || matches!(self.ty, ColumnType::Enum(_)))?;
        self.ty.check_text(value)?;
        self.out.put_slice(value.as_bytes());
        Ok(())
    }
    fn bytes(&mut self, value: &[u8]) -> Result<(), CellError> {
        self.declared(self.ty == ColumnType::Bytes)?;
        self.out.put_slice(value);
        Ok(())
    }
    fn decimal(&mut self, value: Decimal) -> Result<(), CellError> {
        self.declared(matches!(self.ty, ColumnType::Numeric { .. } | ColumnType::NumericOpen))?;
        self.ty.check_decimal(value)?;
        numeric::write(value, self.out);
        Ok(())
    }
    fn uuid(&mut self, value: [u8; 16]) -> Result<(), CellError> {
        self.declared(self.ty == ColumnType::Uuid)?;
        self.out.put_slice(&value);
        Ok(())
    }
    fn date(&mut self, days: i32) -> Result<(), CellError> {
        self.declared(self.ty == ColumnType::Date)?;
        // From 4714-11-24 BC to 5874897-12-31.
        let days = days.checked_sub(EPOCH_DAYS).filter(|days| (-2_451_545..2_145_031_949).contains(days));
        self.out.put_i32(days.ok_or(CellError::OutOfRange("PostgreSQL's years 4713 BC to 5874897"))?);
        Ok(())
    }
    fn time(&mut self, micros: i64) -> Result<(), CellError> {
        self.declared(self.ty == ColumnType::Time)?;
        if !(0..=86_400_000_000).contains(&micros) {
            return Err(CellError::OutOfRange("a time of day"));
        }
        self.out.put_i64(micros);
        Ok(())
    }
    fn timestamp(&mut self, micros: i64) -> Result<(), CellError> {
        self.declared(self.ty == ColumnType::Timestamp)?;
        self.micros(micros)
    }
    fn timestamptz(&mut self, micros: i64) -> Result<(), CellError> {
        self.declared(self.ty == ColumnType::TimestampTz)?;
        self.micros(micros)
    }
    fn interval(&mut self, value: Interval) -> Result<(), CellError> {
        self.declared(self.ty == ColumnType::Interval)?;
        self.out.put_i64(value.micros);
        self.out.put_i32(value.days);
        self.out.put_i32(value.months);
        Ok(())
    }
    fn json(&mut self, value: &str) -> Result<(), CellError> {
        self.declared(self.ty == ColumnType::Json)?;
        if value.as_bytes().contains(&0) {
            return Err(CellError::NulCharacter);
        }
        if *self.pg == Type::JSONB {
            self.out.put_u8(1); // the version of the binary form
        }
        self.out.put_slice(value.as_bytes());
        Ok(())
    }
    fn array(
        &mut self,
        length: usize,
        each: &mut dyn FnMut(usize, &mut dyn Encoder) -> Result<(), CellError>,
    ) -> Result<(), CellError> {
        let ColumnType::Array(element) = self.ty else { return self.declared(false) };
        if matches!(element, ColumnType::Array(_)) {
            return Err(CellError::OutOfRange("an array of arrays cannot be stored"));
        }
        array(*element, self.pg, self.out, length, each).map(|_| ())
    }
}
