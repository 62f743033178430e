//! Values as SQLite stores them: every type in one storage class, exact, and ordered as its values are.
//!
//! | type | stored as |
//! |---|---|
//! | boolean | INTEGER 0 or 1 |
//! | integers | INTEGER |
//! | floats | REAL; NaN is refused, SQLite would make it NULL |
//! | text, enumeration, JSON | TEXT |
//! | `NUMERIC(p, s)` with p up to 18 | INTEGER: the value times 10^s |
//! | `NUMERIC(p, s)` with p above 18 | TEXT of fixed width whose byte order is the numeric order |
//! | bytes | BLOB |
//! | UUID | TEXT, lower case with hyphens |
//! | date | TEXT `YYYY-MM-DD` |
//! | time | TEXT `HH:MM:SS.ffffff` |
//! | timestamp, with and without a zone | TEXT `YYYY-MM-DD HH:MM:SS.ffffff`, in UTC, years 0000 to 9999 |
//! | interval | INTEGER microseconds; months and days are refused |
//! | array | TEXT, a JSON array |

mod arena;
mod array;
mod calendar;
mod decode;
mod encode;
mod numeric;
mod uuid;

pub(crate) use arena::Arena;
pub(crate) use calendar::{date_text, parse_date, timestamp_text};
pub(crate) use decode::RowCells;
pub(crate) use encode::CellEncoder;
pub(crate) use numeric::{INTEGER_DIGITS, parse_text as parse_decimal, write_text as write_decimal};
