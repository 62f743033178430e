//! Dates and times as text of fixed width, written and read by hand.

use underpin_core::CellError;

const YEARS: CellError = CellError::OutOfRange("SQLite's text of a date has the years 0000 to 9999");
const DAY: i64 = 86_400_000_000;
/// 0000-01-01 and 9999-12-31, in days since 1970-01-01.
const FIRST: i64 = -719_528;
const LAST: i64 = 2_932_896;

/// `YYYY-MM-DD`
pub(crate) fn date_text(days: i32) -> Result<[u8; 10], CellError> {
    let mut text = *b"0000-00-00";
    write_date(days.into(), &mut text)?;
    Ok(text)
}

/// `HH:MM:SS.ffffff`
pub(super) fn time_text(micros: i64) -> Result<[u8; 15], CellError> {
    let mut text = *b"00:00:00.000000";
    if !(0..DAY).contains(&micros) {
        return Err(CellError::OutOfRange("a time of day is 00:00:00 to 23:59:59.999999"));
    }
    write_time(micros, &mut text);
    Ok(text)
}

/// `YYYY-MM-DD HH:MM:SS.ffffff`
pub(crate) fn timestamp_text(micros: i64) -> Result<[u8; 26], CellError> {
    let mut text = *b"0000-00-00 00:00:00.000000";
    if let Some(date) = text.first_chunk_mut() {
        write_date(micros.div_euclid(DAY), date)?;
    }
    if let Some(time) = text.last_chunk_mut() {
        write_time(micros.rem_euclid(DAY), time);
    }
    Ok(text)
}

fn write_date(days: i64, text: &mut [u8; 10]) -> Result<(), CellError> {
    if !(FIRST..=LAST).contains(&days) {
        return Err(YEARS);
    }
    // Years begin in March here, so that the leap day is the last of its year; day 0 is 0000-03-01, and
    // one cycle of 400 years is added to keep all numbers positive.
    let day = days - FIRST - 60 + 146_097;
    let (cycle, day) = (day / 146_097, day % 146_097);
    let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day + 2) / 153;
    let day = day - (153 * month + 2) / 5 + 1;
    let (month, carry) = if month < 10 { (month + 3, 0) } else { (month - 9, 1) };
    let year = year + (cycle - 1) * 400 + carry;
    two(year / 100, text, 0);
    two(year % 100, text, 2);
    two(month, text, 5);
    two(day, text, 8);
    Ok(())
}

fn write_time(micros: i64, text: &mut [u8; 15]) {
    let (seconds, micros) = (micros / 1_000_000, micros % 1_000_000);
    two(seconds / 3_600, text, 0);
    two(seconds / 60 % 60, text, 3);
    two(seconds % 60, text, 6);
    two(micros / 10_000, text, 9);
    two(micros / 100 % 100, text, 11);
    two(micros % 100, text, 13);
}

/// Writes a number below 100 as two digits.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // it is below 100
fn two<const N: usize>(number: i64, text: &mut [u8; N], at: usize) {
    text[at] = b'0' + (number / 10) as u8;
    text[at + 1] = b'0' + (number % 10) as u8;
}

/// Days since 1970-01-01.
pub(crate) fn parse_date(text: &[u8]) -> Result<i32, CellError> {
    let mut rest = text;
    let days = read_date(&mut rest).filter(|_| rest.is_empty());
    days.and_then(|days| i32::try_from(days).ok()).ok_or(CellError::Malformed("a date (YYYY-MM-DD)"))
}

/// Microseconds since midnight.
pub(super) fn parse_time(text: &[u8]) -> Result<i64, CellError> {
    let mut rest = text;
    read_time(&mut rest)
        .filter(|_| rest.is_empty())
        .ok_or(CellError::Malformed("a time of day (HH:MM:SS, with up to 6 digits of a second)"))
}

/// Microseconds since the epoch. What `CURRENT_TIMESTAMP`, ISO 8601 and an offset from UTC give is read too.
pub(super) fn parse_timestamp(text: &[u8]) -> Result<i64, CellError> {
    read_timestamp(text).ok_or(CellError::Malformed("a timestamp (YYYY-MM-DD HH:MM:SS.ffffff)"))
}

fn read_timestamp(mut text: &[u8]) -> Option<i64> {
    let rest = &mut text;
    let days = read_date(rest)?;
    take(rest, b' ').or_else(|| take(rest, b'T')).or_else(|| take(rest, b't'))?;
    let time = read_time(rest)?;
    let offset = read_offset(rest)?;
    rest.is_empty().then_some(days * DAY + time - offset)
}

fn read_date(rest: &mut &[u8]) -> Option<i64> {
    let year = digits(rest, 2)? * 100 + digits(rest, 2)?;
    take(rest, b'-')?;
    let month = digits(rest, 2)?;
    take(rest, b'-')?;
    let day = digits(rest, 2)?;
    if !(1..=12).contains(&month) || day < 1 || day > days_in(year, month) {
        return None;
    }
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    // One cycle of 400 years more, so that year -1 divides as the others do.
    let year = year + 400;
    let day = year * 365 + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + day - 1;
    Some(day - 146_097 + 60 + FIRST)
}

fn days_in(year: i64, month: i64) -> i64 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

fn read_time(rest: &mut &[u8]) -> Option<i64> {
    let hour = digits(rest, 2)?;
    take(rest, b':')?;
    let minute = digits(rest, 2)?;
    take(rest, b':')?;
    let second = digits(rest, 2)?;
    if hour > 23 || minute > 59 || second > 59 {
        return None;
    }
    let mut micros = 0;
    if take(rest, b'.').is_some() {
        let mut worth = 100_000;
        digits(&mut &rest[..], 1)?;
        while let Some(digit) = digits(rest, 1) {
            // Zeros beyond the sixth digit lose nothing; anything else would.
            if worth == 0 && digit != 0 {
                return None;
            }
            micros += digit * worth;
            worth /= 10;
        }
    }
    Some(((hour * 60 + minute) * 60 + second) * 1_000_000 + micros)
}

/// `Z`, `+02:00`, `+0200`, `+02` or nothing, in microseconds.
fn read_offset(rest: &mut &[u8]) -> Option<i64> {
    if rest.is_empty() || take(rest, b'Z').or_else(|| take(rest, b'z')).is_some() {
        return Some(0);
    }
    let sign = if take(rest, b'+').is_some() { 1 } else { take(rest, b'-').map(|()| -1)? };
    let hours = digits(rest, 2)?;
    let minutes = if rest.is_empty() {
        0
    } else {
        let _ = take(rest, b':');
        digits(rest, 2)?
    };
    (hours < 24 && minutes < 60).then_some(sign * (hours * 60 + minutes) * 60_000_000)
}

/// Takes exactly `count` digits.
fn digits(rest: &mut &[u8], count: usize) -> Option<i64> {
    let (front, after) = rest.split_at_checked(count)?;
    let mut number = 0;
    for character in front {
        if !character.is_ascii_digit() {
            return None;
        }
        number = number * 10 + i64::from(character - b'0');
    }
    *rest = after;
    Some(number)
}

fn take(rest: &mut &[u8], character: u8) -> Option<()> {
    *rest = rest.strip_prefix(&[character])?;
    Some(())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn text(micros: i64) -> String {
        String::from_utf8(timestamp_text(micros).unwrap().to_vec()).unwrap()
    }

    #[test]
    fn known_days() {
        for (days, date) in [
            (0, "1970-01-01"),
            (-1, "1969-12-31"),
            (19_782, "2024-02-29"),
            (19_783, "2024-03-01"),
            (11_016, "2000-02-29"),
            (-25_509, "1900-02-28"),
            (-25_508, "1900-03-01"),
            (-719_528, "0000-01-01"),
            (-719_469, "0000-02-29"),
            (-719_468, "0000-03-01"),
            (2_932_896, "9999-12-31"),
        ] {
            assert_eq!(std::str::from_utf8(&date_text(days).unwrap()).unwrap(), date);
            assert_eq!(parse_date(date.as_bytes()), Ok(days), "{date}");
        }
        assert_eq!(text(-1), "1969-12-31 23:59:59.999999");
        assert!(date_text(2_932_897).is_err() && date_text(-719_529).is_err());
        assert!(timestamp_text(i64::MAX).is_err() && timestamp_text(i64::MIN).is_err());
        assert!(time_text(DAY).is_err() && time_text(-1).is_err());
    }

    #[test]
    fn every_day_of_a_cycle_comes_back() {
        let mut before = *b"          ";
        // 400 years from 1900-01-01 on: the calendar repeats itself after them.
        for days in -25_567..=120_530 {
            let text = date_text(days).unwrap();
            assert!(before < text, "{days}");
            assert_eq!(parse_date(&text), Ok(days));
            before = text;
        }
    }

    #[test]
    fn other_spellings_of_a_timestamp_are_read() {
        let noon = 1_767_268_800_000_000;
        for spelling in [
            "2026-01-01 12:00:00",
            "2026-01-01 12:00:00.000000",
            "2026-01-01T12:00:00Z",
            "2026-01-01T12:00:00.0z",
            "2026-01-01t14:00:00+02:00",
            "2026-01-01 06:30:00.000-0530",
            "2026-01-01 13:00:00+01",
            "2026-01-01 12:00:00.000000000",
        ] {
            assert_eq!(parse_timestamp(spelling.as_bytes()), Ok(noon), "{spelling}");
        }
        assert_eq!(parse_timestamp(b"2026-01-01 12:00:00.5"), Ok(noon + 500_000));
        assert_eq!(parse_timestamp(b"2026-01-01 12:00:00.123"), Ok(noon + 123_000));
        for wrong in [
            "",
            "2026-01-01",
            "2026-01-01 12:00",
            "2026-01-01 12:00:00.",
            "2026-01-01 12:00:00.0000001",
            "2026-01-01 24:00:00",
            "2026-01-01 12:60:00",
            "2026-02-29 12:00:00",
            "2026-13-01 12:00:00",
            "2026-00-01 12:00:00",
            "2026-01-00 12:00:00",
            "2026-01-01 12:00:00 ",
            "2026-01-01 12:00:00+2",
            "2026-01-01 12:00:00+02:60",
            "1767268800",
            "2026-01-01_12:00:00",
        ] {
            assert!(parse_timestamp(wrong.as_bytes()).is_err(), "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn timestamps_come_back_and_sort_as_text(
            a in FIRST * DAY..(LAST + 1) * DAY,
            b in FIRST * DAY..(LAST + 1) * DAY,
        ) {
            let (x, y) = (timestamp_text(a).unwrap(), timestamp_text(b).unwrap());
            prop_assert_eq!(parse_timestamp(&x), Ok(a));
            prop_assert_eq!(a.cmp(&b), x.cmp(&y));
        }

        #[test]
        fn times_come_back_and_sort_as_text(a in 0..DAY, b in 0..DAY) {
            let (x, y) = (time_text(a).unwrap(), time_text(b).unwrap());
            prop_assert_eq!(parse_time(&x), Ok(a));
            prop_assert_eq!(a.cmp(&b), x.cmp(&y));
        }

        #[test]
        fn no_text_breaks_the_readers(text in "[-0-9:. TZ+]{0,30}") {
            let _ = parse_date(text.as_bytes());
            let _ = parse_time(text.as_bytes());
            if let Ok(micros) = parse_timestamp(text.as_bytes()) {
                let _ = timestamp_text(micros);
            }
        }
    }
}
