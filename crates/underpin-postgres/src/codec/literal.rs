//! Values as PostgreSQL writes them in text: elements of an array inside an array parameter, and cells for people.

use std::fmt::Write;

use rust_decimal::Decimal;
use underpin_core::{CellError, Cells, ColumnType, Datum, Encoder, Interval};

const MICROS_A_SECOND: u64 = 1_000_000;
const MICROS_A_DAY: i64 = 86_400_000_000;

/// The text of a value, as a server in its default settings would print it (and as any server reads it); `None` is NULL.
pub(super) fn text_of(
    ty: ColumnType,
    write: impl FnOnce(&mut dyn Encoder) -> Result<(), CellError>,
) -> Result<Option<String>, CellError> {
    let mut literal = Literal { out: String::new(), ty, null: false };
    write(&mut literal)?;
    Ok(if literal.null { None } else { Some(literal.out) })
}

/// The text of a cell; `None` is NULL.
pub(crate) fn cell_text(
    cells: &dyn Cells,
    position: usize,
    ty: ColumnType,
) -> Result<Option<String>, CellError> {
    let datum = Datum::read(cells, position, ty)?;
    text_of(ty, |out| datum.encode(ty, out))
}

struct Literal {
    out: String,
    ty: ColumnType,
    null: bool,
}

impl Literal {
    fn put(&mut self, value: impl std::fmt::Display) -> Result<(), CellError> {
        // Writing to a String cannot fail.
        let _ = write!(self.out, "{value}");
        Ok(())
    }

    fn float(&mut self, value: f64, shortest: impl std::fmt::LowerExp) -> Result<(), CellError> {
        if value.is_nan() {
            self.put("NaN")
        } else if value.is_infinite() {
            self.put(if value > 0.0 { "Infinity" } else { "-Infinity" })
        } else {
            self.put(format_args!("{shortest:e}"))
        }
    }

    fn instant(&mut self, micros: i64, zone: &str) -> Result<(), CellError> {
        let date = Civil::of(micros.div_euclid(MICROS_A_DAY));
        self.put(format_args!(
            "{} {}{zone}{}",
            date,
            Clock(micros.rem_euclid(MICROS_A_DAY).unsigned_abs()),
            date.era()
        ))
    }
}

impl Encoder for Literal {
    fn null(&mut self) -> Result<(), CellError> {
        self.null = true;
        Ok(())
    }
    fn bool(&mut self, value: bool) -> Result<(), CellError> {
        self.put(value)
    }
    fn i16(&mut self, value: i16) -> Result<(), CellError> {
        self.put(value)
    }
    fn i32(&mut self, value: i32) -> Result<(), CellError> {
        self.put(value)
    }
    fn i64(&mut self, value: i64) -> Result<(), CellError> {
        self.put(value)
    }
    fn f32(&mut self, value: f32) -> Result<(), CellError> {
        self.float(value.into(), value)
    }
    fn f64(&mut self, value: f64) -> Result<(), CellError> {
        self.float(value, value)
    }
    fn text(&mut self, value: &str) -> Result<(), CellError> {
        self.ty.check_text(value)?;
        self.put(value)
    }
    fn bytes(&mut self, value: &[u8]) -> Result<(), CellError> {
        self.put("\\x")?;
        value.iter().try_for_each(|byte| self.put(format_args!("{byte:02x}")))
    }
    fn decimal(&mut self, value: Decimal) -> Result<(), CellError> {
        self.ty.check_decimal(value)?;
        self.put(value)
    }
    fn uuid(&mut self, value: [u8; 16]) -> Result<(), CellError> {
        for (index, byte) in value.iter().enumerate() {
            self.put(if matches!(index, 4 | 6 | 8 | 10) { "-" } else { "" })?;
            self.put(format_args!("{byte:02x}"))?;
        }
        Ok(())
    }
    fn date(&mut self, days: i32) -> Result<(), CellError> {
        let date = Civil::of(days.into());
        self.put(format_args!("{date}{}", date.era()))
    }
    fn time(&mut self, micros: i64) -> Result<(), CellError> {
        let micros = u64::try_from(micros).map_err(|_| CellError::OutOfRange("a time of day"))?;
        self.put(Clock(micros))
    }
    fn timestamp(&mut self, micros: i64) -> Result<(), CellError> {
        self.instant(micros, "")
    }
    fn timestamptz(&mut self, micros: i64) -> Result<(), CellError> {
        self.instant(micros, "+00")
    }
    fn interval(&mut self, value: Interval) -> Result<(), CellError> {
        let sign = if value.micros < 0 { "-" } else { "" };
        let clock = Clock(value.micros.unsigned_abs());
        self.put(format_args!("{} mons {} days {sign}{clock}", value.months, value.days))
    }
    fn json(&mut self, value: &str) -> Result<(), CellError> {
        self.put(value)
    }
    fn array(
        &mut self,
        length: usize,
        each: &mut dyn FnMut(usize, &mut dyn Encoder) -> Result<(), CellError>,
    ) -> Result<(), CellError> {
        let element = if let ColumnType::Array(element) = self.ty { *element } else { self.ty };
        self.out.push('{');
        for index in 0..length {
            if index > 0 {
                self.out.push(',');
            }
            match text_of(element, |out| each(index, out))? {
                None => self.out.push_str("NULL"),
                Some(text) => {
                    self.out.push('"');
                    for character in text.chars() {
                        if matches!(character, '"' | '\\') {
                            self.out.push('\\');
                        }
                        self.out.push(character);
                    }
                    self.out.push('"');
                }
            }
        }
        self.out.push('}');
        Ok(())
    }
}

/// A day of the Gregorian calendar; year 0 is 1 BC.
struct Civil {
    year: i64,
    month: i64,
    day: i64,
}

impl Civil {
    /// From days since 1970-01-01. A year is counted from March, so that the leap day is its last.
    fn of(days: i64) -> Self {
        let days = days + 719_468;
        let (cycle, day_of_cycle) = (days.div_euclid(146_097), days.rem_euclid(146_097));
        let year_of_cycle =
            (day_of_cycle - day_of_cycle / 1_460 + day_of_cycle / 36_524 - day_of_cycle / 146_096) / 365;
        let day_of_year = day_of_cycle - (365 * year_of_cycle + year_of_cycle / 4 - year_of_cycle / 100);
        let from_march = (5 * day_of_year + 2) / 153;
        let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
        Self {
            year: cycle * 400 + year_of_cycle + i64::from(month <= 2),
            month,
            day: day_of_year - (153 * from_march + 2) / 5 + 1,
        }
    }

    fn era(&self) -> &'static str {
        if self.year > 0 { "" } else { " BC" }
    }
}

impl std::fmt::Display for Civil {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let year = if self.year > 0 { self.year } else { 1 - self.year };
        write!(f, "{year:04}-{:02}-{:02}", self.month, self.day)
    }
}

/// Microseconds as hours, minutes and seconds.
struct Clock(u64);

impl std::fmt::Display for Clock {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (seconds, micros) = (self.0 / MICROS_A_SECOND, self.0 % MICROS_A_SECOND);
        write!(f, "{:02}:{:02}:{:02}", seconds / 3_600, seconds / 60 % 60, seconds % 60)?;
        if micros > 0 { write!(f, ".{micros:06}") } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_read_as_people_write_them() {
        let text = |days: i32| text_of(ColumnType::Date, |out| out.date(days)).unwrap().unwrap();
        assert_eq!(text(0), "1970-01-01");
        assert_eq!(text(-1), "1969-12-31");
        assert_eq!(text(19_782), "2024-02-29");
        assert_eq!(text(-719_163), "0001-12-31 BC");
        assert_eq!(text(-719_162), "0001-01-01");
        assert_eq!(text(2_932_896), "9999-12-31");
    }

    #[test]
    fn elements_are_quoted() {
        let ty = ColumnType::Array(&ColumnType::Text);
        let text = text_of(ty, |out| {
            out.array(3, &mut |index, out| match index {
                0 => out.text("a\"b\\c,d"),
                1 => out.null(),
                _ => out.text("NULL"),
            })
        });
        assert_eq!(text.unwrap().unwrap(), r#"{"a\"b\\c,d",NULL,"NULL"}"#);
    }
}
