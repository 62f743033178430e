//! NUMERIC in PostgreSQL's binary form: groups of four decimal digits.

use bytes::{BufMut, BytesMut};
use rust_decimal::Decimal;
use underpin_core::CellError;

const NEGATIVE: u16 = 0x4000;
const MALFORMED: CellError = CellError::Malformed("a decimal in PostgreSQL's binary form");
const TOO_LONG: CellError = CellError::OutOfRange("a decimal holds 28 digits");
const NO_NUMBER: CellError = CellError::OutOfRange("the stored decimal is NaN or infinite");

/// Writes a decimal, its scale included.
pub(super) fn write(value: Decimal, out: &mut BytesMut) {
    let scale = value.scale();
    let unit = 10_u128.pow(scale);
    let mantissa = value.mantissa().unsigned_abs();
    // At most 28 digits stand behind the point, seven groups; padded to whole groups they fit u128.
    let fraction_groups = scale.div_ceil(4);
    let padding = 10_u128.pow(fraction_groups * 4 - scale);
    let mut groups = [0_u16; 16];
    let mut count = 0;
    let (whole, fraction) = match u64::try_from(unit) {
        Ok(unit) => {
            let (whole, fraction) = div_rem(mantissa, unit);
            (whole, u128::from(fraction))
        }
        Err(_) => (mantissa / unit, mantissa % unit),
    };
    let mut rest = fraction * padding;
    for _ in 0..fraction_groups {
        push(&mut groups, &mut count, &mut rest);
    }
    rest = whole;
    let mut whole_groups = 0_i16;
    while rest > 0 {
        push(&mut groups, &mut count, &mut rest);
        whole_groups += 1;
    }
    // Groups stand from low to high; PostgreSQL wants neither leading nor trailing zero groups.
    let low = groups[..count].iter().position(|group| *group != 0).unwrap_or(count);
    let high = groups[..count].iter().rposition(|group| *group != 0).map_or(low, |last| last + 1);
    #[allow(clippy::cast_possible_truncation, clippy::cast_possible_wrap)] // at most 16 groups
    let (kept, dropped) = ((high - low) as u16, (count - high) as i16);
    let weight = if kept == 0 { 0 } else { whole_groups - 1 - dropped };
    out.put_u16(kept);
    out.put_i16(weight);
    out.put_u16(if value.is_sign_negative() && kept > 0 { NEGATIVE } else { 0 });
    #[allow(clippy::cast_possible_truncation)] // a scale is at most 28
    out.put_u16(scale as u16);
    for group in groups[low..high].iter().rev() {
        out.put_u16(*group);
    }
}

fn push(groups: &mut [u16; 16], count: &mut usize, rest: &mut u128) {
    let (higher, group) = div_rem(*rest, 10_000);
    #[allow(clippy::cast_possible_truncation)] // the remainder is below 10,000
    if let Some(slot) = groups.get_mut(*count) {
        *slot = group as u16;
    }
    *count += 1;
    *rest = higher;
}

/// Quotient and remainder; what fits 64 bits, as most amounts do, is divided there.
fn div_rem(value: u128, by: u64) -> (u128, u64) {
    match u64::try_from(value) {
        Ok(value) => ((value / by).into(), value % by),
        #[allow(clippy::cast_possible_truncation)] // the remainder is below a number of 64 bits
        Err(_) => (value / u128::from(by), (value % u128::from(by)) as u64),
    }
}

/// Reads a decimal, keeping its scale as far as 28 digits allow.
pub(super) fn read(raw: &[u8]) -> Result<Decimal, CellError> {
    let mut words = raw.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]]));
    let mut next = || words.next().ok_or(MALFORMED);
    let count = next()?;
    let weight = i32::from(next()?.cast_signed());
    let sign = next()?;
    let scale = i32::from(next()?);
    if sign != 0 && sign != NEGATIVE {
        return Err(NO_NUMBER);
    }
    let mut digits = 0_u128;
    for _ in 0..count {
        let group = u128::from(next()?);
        digits = digits.checked_mul(10_000).and_then(|d| d.checked_add(group)).ok_or(TOO_LONG)?;
    }
    // The last group counts units of 10^-behind.
    let mut behind = (i32::from(count) - 1 - weight) * 4;
    if digits == 0 {
        behind = 0;
    }
    while behind < 0 || (behind < scale.min(28) && digits < MANTISSA / 10) {
        digits = digits.checked_mul(10).filter(|d| *d < MANTISSA).ok_or(TOO_LONG)?;
        behind += 1;
    }
    while behind > 0 && (behind > scale || behind > 28 || digits >= MANTISSA) {
        if !digits.is_multiple_of(10) {
            return Err(TOO_LONG);
        }
        digits /= 10;
        behind -= 1;
    }
    let mantissa = i128::try_from(digits).map_err(|_| TOO_LONG)?;
    let mantissa = if sign == NEGATIVE { -mantissa } else { mantissa };
    Decimal::try_from_i128_with_scale(mantissa, behind.unsigned_abs()).map_err(|_| TOO_LONG)
}

/// The first whole number that a decimal's 96 bits do not hold.
const MANTISSA: u128 = 1 << 96;

#[cfg(test)]
mod tests {
    use super::*;

    fn round(text: &str) -> String {
        let value: Decimal = text.parse().unwrap();
        let mut out = BytesMut::new();
        write(value, &mut out);
        read(&out).unwrap().to_string()
    }

    #[test]
    fn decimals_keep_value_and_scale() {
        for text in [
            "0",
            "0.00",
            "1",
            "-1",
            "184467440737095516.15",
            "184467440737095516.16",
            "18446744073709551615.18446744",
            "1.5",
            "1.50",
            "0.0001",
            "0.00010",
            "10000",
            "100000000",
            "12345.6789",
            "-0.0000000000000000000000000001",
            "79228162514264337593543950335",
            "-7.9228162514264337593543950335",
            "9999999999999999999999999999",
        ] {
            assert_eq!(round(text), text);
        }
    }

    #[test]
    fn what_is_no_decimal_is_refused() {
        assert_eq!(read(&[0, 0, 0, 0, 0xC0, 0, 0, 0]), Err(NO_NUMBER));
        assert_eq!(read(&[0, 0, 0, 0, 0xD0, 0, 0, 0]), Err(NO_NUMBER));
        assert_eq!(read(&[0, 1, 0, 0, 0, 0, 0, 0]), Err(MALFORMED));
        assert_eq!(read(&[]), Err(MALFORMED));
        // 10^40, and 10^-40.
        assert_eq!(read(&[0, 1, 0, 10, 0, 0, 0, 0, 0, 1]), Err(TOO_LONG));
        assert_eq!(read(&[0, 1, 0xFF, 0xF6, 0, 0, 0, 40, 0, 1]), Err(TOO_LONG));
    }
}
