//! How values compare: as in PostgreSQL with the `C` collation.

use std::cmp::Ordering;

use underpin_core::{ColumnType, Datum, OwnedRow};
use underpin_schema::TableDef;

/// The order of two values of a column; `None` if one of them is NULL or they are of different kinds.
///
/// Text compares by its bytes, an enumeration by the position of its labels, an interval by its length with months of
/// 30 days; NaN is equal to itself and above all other numbers.
pub(crate) fn compare(ty: ColumnType, a: &Datum, b: &Datum) -> Option<Ordering> {
    Some(match (a, b) {
        (Datum::Bool(a), Datum::Bool(b)) => a.cmp(b),
        (Datum::Int(a), Datum::Int(b)) | (Datum::Micros(a), Datum::Micros(b)) => a.cmp(b),
        (Datum::Float(a), Datum::Float(b)) => float(*a, *b),
        (Datum::Text(a), Datum::Text(b)) => match ty {
            ColumnType::Enum(of) => {
                let position = |label: &str| of.labels.iter().position(|known| *known == label);
                position(a).cmp(&position(b))
            }
            _ => a.cmp(b),
        },
        (Datum::Json(a), Datum::Json(b)) => a.cmp(b),
        (Datum::Bytes(a), Datum::Bytes(b)) => a.cmp(b),
        (Datum::Decimal(a), Datum::Decimal(b)) => a.cmp(b),
        (Datum::Uuid(a), Datum::Uuid(b)) => a.cmp(b),
        (Datum::Date(a), Datum::Date(b)) => a.cmp(b),
        (Datum::Interval(a), Datum::Interval(b)) => a.total_micros().cmp(&b.total_micros()),
        (Datum::Array(a), Datum::Array(b)) => array(ty, a, b)?,
        _ => return None,
    })
}

fn float(a: f64, b: f64) -> Ordering {
    a.partial_cmp(&b).unwrap_or_else(|| a.is_nan().cmp(&b.is_nan()))
}

/// Element by element, then by length; inside an array NULL equals NULL and is above all values.
fn array(ty: ColumnType, a: &[Datum], b: &[Datum]) -> Option<Ordering> {
    let element = if let ColumnType::Array(element) = ty { *element } else { ty };
    for (a, b) in a.iter().zip(b) {
        let order = match (a, b) {
            (Datum::Null, Datum::Null) => Ordering::Equal,
            (Datum::Null, _) => Ordering::Greater,
            (_, Datum::Null) => Ordering::Less,
            _ => compare(element, a, b)?,
        };
        if order.is_ne() {
            return Some(order);
        }
    }
    Some(a.len().cmp(&b.len()))
}

/// Which of two rows comes first by these columns; NULL comes last.
pub(crate) fn compare_rows(table: &TableDef, by: &[usize], a: &OwnedRow, b: &OwnedRow) -> Ordering {
    let order = |column: &usize| match (a.0.get(*column), b.0.get(*column)) {
        (Some(Datum::Null), Some(Datum::Null)) => Ordering::Equal,
        (Some(Datum::Null), _) => Ordering::Greater,
        (_, Some(Datum::Null)) => Ordering::Less,
        (Some(a), Some(b)) => {
            let ty = table.columns.get(*column).map_or(ColumnType::Text, |column| column.ty);
            compare(ty, a, b).unwrap_or(Ordering::Equal)
        }
        _ => Ordering::Equal,
    };
    by.iter().map(order).find(|order| order.is_ne()).unwrap_or(Ordering::Equal)
}

/// Whether values of the type have an order here. A database orders JSON documents by their content, of which the
/// store knows the text alone.
pub(crate) fn is_ordered(ty: ColumnType) -> bool {
    match ty {
        ColumnType::Json => false,
        ColumnType::Array(element) => is_ordered(*element),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use underpin_core::{EnumType, Interval};

    static SIZE: EnumType = EnumType { name: "size", labels: &["small", "large"] };

    #[test]
    fn values_compare_as_in_postgres() {
        use Ordering::{Equal, Greater, Less};
        let text = |text: &str| Datum::Text(text.to_owned());
        let days = |days| Datum::Interval(Interval { days, ..Interval::default() });
        let month = Datum::Interval(Interval { months: 1, ..Interval::default() });
        for (ty, a, b, expected) in [
            (ColumnType::Text, text("Z"), text("a"), Some(Less)),
            (ColumnType::Enum(&SIZE), text("small"), text("large"), Some(Less)),
            (ColumnType::Double, Datum::Float(f64::NAN), Datum::Float(f64::INFINITY), Some(Greater)),
            (ColumnType::Double, Datum::Float(f64::NAN), Datum::Float(f64::NAN), Some(Equal)),
            (ColumnType::Double, Datum::Float(-0.0), Datum::Float(0.0), Some(Equal)),
            (ColumnType::Interval, month.clone(), days(30), Some(Equal)),
            (ColumnType::Interval, month, days(31), Some(Less)),
            (ColumnType::Text, Datum::Null, Datum::Null, None),
            (ColumnType::Text, text("1"), Datum::Int(1), None),
        ] {
            assert_eq!(compare(ty, &a, &b), expected, "{ty:?}");
        }
        let list = |elements: &[Datum]| Datum::Array(elements.to_vec());
        let ints = ColumnType::Array(&ColumnType::Integer);
        let (one, two) = (Datum::Int(1), Datum::Int(2));
        let (short, long) = (list(std::slice::from_ref(&one)), list(&[one.clone(), two]));
        assert_eq!(compare(ints, &short, &long), Some(Less));
        assert_eq!(compare(ints, &list(&[Datum::Null]), &short), Some(Greater));
        assert_eq!(compare(ints, &list(&[Datum::Null]), &list(&[Datum::Null])), Some(Equal));
    }
}
