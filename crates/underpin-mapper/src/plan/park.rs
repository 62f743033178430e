//! A value that a unique column holds for the time being, while another row takes its own.

use underpin_core::{ColumnType, Datum};
use underpin_schema::TableDef;
use uuid::Uuid;

/// A value that no other row will have, if the column can hold one: NULL where it may, random otherwise.
pub(super) fn parked(table: &TableDef, column: usize) -> Option<Datum> {
    let belongs_elsewhere = table.primary_key.contains(&column)
        || table.foreign_keys.iter().any(|key| key.columns.contains(&column))
        || table.read_only().contains(column);
    let column = table.columns.get(column)?;
    if belongs_elsewhere || column.version {
        return None;
    }
    if column.nullable {
        return Some(Datum::Null);
    }
    value(column.ty, Uuid::new_v4())
}

fn value(ty: ColumnType, random: Uuid) -> Option<Datum> {
    let number = i64::from_be_bytes(random.as_bytes()[..8].try_into().ok()?);
    Some(match ty {
        ColumnType::Text => Datum::Text(format!("underpin-parked-{}", random.simple())),
        ColumnType::Varchar(limit) => {
            let digits = random.simple().to_string();
            Datum::Text(digits.chars().take(limit as usize).collect())
        }
        // Negative, because what programs store is mostly not.
        ColumnType::BigInt => Datum::Int(-(number >> 1).abs() - 1),
        ColumnType::Integer => Datum::Int(-((number >> 33).abs()) - 1),
        ColumnType::SmallInt => Datum::Int(-((number >> 49).abs()) - 1),
        ColumnType::Uuid => Datum::Uuid(*random.as_bytes()),
        ColumnType::Bytes => Datum::Bytes(random.as_bytes().to_vec()),
        // Up to the year 2255, in which few rows live.
        ColumnType::Timestamp | ColumnType::TimestampTz => Datum::Micros((number >> 10).abs()),
        ColumnType::Date => Datum::Date(i32::try_from((number >> 44).abs()).ok()?),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use underpin_core::{OwnedRow, Value};

    use super::*;

    #[test]
    fn parked_values_fit_their_columns() {
        fn read<T: Value>(ty: ColumnType, random: Uuid) -> T {
            let datum = value(ty, random).unwrap();
            let stored = Datum::take(ty, |out| datum.encode(ty, out)).unwrap();
            T::decode(&OwnedRow(vec![stored]), 0).unwrap()
        }
        for random in [Uuid::nil(), Uuid::max(), Uuid::from_u128(1 << 127), Uuid::new_v4()] {
            assert!(read::<i16>(ColumnType::SmallInt, random) < 0);
            assert!(read::<i32>(ColumnType::Integer, random) < 0);
            assert!(read::<i64>(ColumnType::BigInt, random) < 0);
            assert_eq!(read::<String>(ColumnType::Varchar(10), random).len(), 10);
        }
        assert_eq!(value(ColumnType::Bool, Uuid::max()), None);
    }
}
