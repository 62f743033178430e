//! Parts of dates and times, which are counted in UTC.

use underpin_core::{ColumnType, Datum};

const DAY: i64 = 86_400_000_000;
const HOUR: i64 = 3_600_000_000;
const MINUTE: i64 = 60_000_000;
const SECOND: i64 = 1_000_000;

/// A part of a point in time, or the start of it; `None` if there is no such part.
pub(super) fn value(name: &str, of: &Datum, ty: ColumnType, unit: &str) -> Option<Datum> {
    let micros = match of {
        Datum::Date(days) => i64::from(*days) * DAY,
        Datum::Micros(micros) => *micros,
        _ => return None,
    };
    if name == "extract" {
        return extracted(unit, micros).map(Datum::Int);
    }
    let start = truncated(unit, micros)?;
    Some(if ty == ColumnType::Date {
        Datum::Date(i32::try_from(start.div_euclid(DAY)).ok()?)
    } else {
        Datum::Micros(start)
    })
}

fn extracted(unit: &str, micros: i64) -> Option<i64> {
    let (days, time) = (micros.div_euclid(DAY), micros.rem_euclid(DAY));
    let (year, month, day) = civil(days);
    Some(match unit {
        "year" => year,
        "quarter" => (month - 1) / 3 + 1,
        "month" => month,
        // The week of a day is that of its Thursday, counted from the first of January of that Thursday's year.
        "week" => {
            let thursday = monday(days) + 3;
            (thursday - days_of(civil(thursday).0, 1, 1)) / 7 + 1
        }
        "day" => day,
        "hour" => time / HOUR,
        "minute" => time / MINUTE % 60,
        "second" => time / SECOND % 60,
        _ => return None,
    })
}

fn truncated(unit: &str, micros: i64) -> Option<i64> {
    let days = micros.div_euclid(DAY);
    let (year, month, _) = civil(days);
    let down = |to: i64| micros - micros.rem_euclid(to);
    Some(match unit {
        "year" => days_of(year, 1, 1) * DAY,
        "quarter" => days_of(year, (month - 1) / 3 * 3 + 1, 1) * DAY,
        "month" => days_of(year, month, 1) * DAY,
        "week" => monday(days) * DAY,
        "day" => days * DAY,
        "hour" => down(HOUR),
        "minute" => down(MINUTE),
        "second" => down(SECOND),
        _ => return None,
    })
}

/// The Monday of a day; 1970-01-01 was a Thursday.
fn monday(days: i64) -> i64 {
    days - (days + 3).rem_euclid(7)
}

/// Year, month and day, by eras of 400 years that begin with March of the year 0.
fn civil(days: i64) -> (i64, i64, i64) {
    let shifted = days + 719_468;
    let (era, of_era) = (shifted.div_euclid(146_097), shifted.rem_euclid(146_097));
    let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let from_march = (5 * of_year + 2) / 153;
    let day = of_year - (153 * from_march + 2) / 5 + 1;
    let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
    (year + era * 400 + i64::from(month <= 2), month, day)
}

/// Days since 1970-01-01.
fn days_of(year: i64, month: i64, day: i64) -> i64 {
    let year = year - i64::from(month <= 2);
    let (era, of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let of_year = (153 * (if month > 2 { month - 3 } else { month + 9 }) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_have_dates_and_back() {
        for days in (-1_000_000..1_000_000).step_by(97) {
            let (year, month, day) = civil(days);
            assert_eq!(days_of(year, month, day), days, "{year}-{month}-{day}");
        }
        assert_eq!((civil(0), civil(18_321), civil(-1)), ((1970, 1, 1), (2020, 2, 29), (1969, 12, 31)));
        assert_eq!(extracted("week", days_of(2021, 1, 3) * DAY), Some(53));
    }
}
