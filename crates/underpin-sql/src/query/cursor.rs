//! Where a page ended: the values of the order's keys in its last row.

use std::fmt;
use std::str::FromStr;

use rust_decimal::Decimal;
use underpin_core::{ColumnType, Datum, Error, Interval, Result};

use super::{Comparison, Node, Order, Param, Select, Tree, direction};
use crate::JoinKind;

/// Where a page ended. It is opaque: its text is for links and requests, and belongs to queries of the same order.
#[derive(Clone, PartialEq, Eq)]
pub struct Cursor(Vec<u8>);

/// What is in it may be a stored value.
impl fmt::Debug for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Cursor(..)")
    }
}

/// Its text: letters and digits only.
impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl FromStr for Cursor {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let digits = text.as_bytes().chunks(2).map(|pair| {
            let pair = std::str::from_utf8(pair).ok().filter(|pair| pair.len() == 2)?;
            u8::from_str_radix(pair, 16).ok()
        });
        digits.collect::<Option<Vec<u8>>>().map(Self).ok_or_else(Error::cursor)
    }
}

impl Cursor {
    /// Of the values of an order's keys.
    pub(crate) fn new(order: &[Order], values: &[Datum]) -> Result<Self> {
        let mut bytes = shape(order).to_be_bytes().to_vec();
        for value in values {
            write(value, &mut bytes)?;
        }
        Ok(Self(bytes))
    }

    /// The values of an order's keys.
    fn values(&self, order: &[Order]) -> Result<Vec<Datum>> {
        let (given, mut rest) = self.0.split_first_chunk().ok_or_else(Error::cursor)?;
        if u64::from_be_bytes(*given) != shape(order) {
            return Err(Error::cursor());
        }
        let mut values = Vec::with_capacity(order.len());
        for key in order {
            let value = read(&mut rest).ok_or_else(Error::cursor)?;
            // Encoding it is the check that it is a value of the key's type.
            values.push(
                Datum::take(key.by.ty, |out| value.encode(key.by.ty, out)).map_err(|_| Error::cursor())?,
            );
        }
        if rest.is_empty() { Ok(values) } else { Err(Error::cursor()) }
    }
}

/// A number for what an order is by, so that a cursor of another one is refused.
fn shape(order: &[Order]) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for key in order {
        let text = format!("{}{}{}{:?};", key.by, direction(key.sort), key.puts_nulls_first(), key.by.ty);
        for byte in text.bytes() {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    hash
}

fn write(value: &Datum, out: &mut Vec<u8>) -> Result<()> {
    let long = |out: &mut Vec<u8>, tag: u8, bytes: &[u8]| {
        out.push(tag);
        out.extend_from_slice(&u32::try_from(bytes.len()).unwrap_or(u32::MAX).to_be_bytes());
        out.extend_from_slice(bytes);
    };
    match value {
        Datum::Null => out.push(0),
        Datum::Bool(value) => out.extend_from_slice(&[1, u8::from(*value)]),
        Datum::Int(value) => {
            out.push(2);
            out.extend_from_slice(&value.to_be_bytes());
        }
        Datum::Float(value) => {
            out.push(3);
            out.extend_from_slice(&value.to_be_bytes());
        }
        Datum::Text(value) => long(out, 4, value.as_bytes()),
        Datum::Bytes(value) => long(out, 5, value),
        Datum::Decimal(value) => {
            out.push(6);
            out.extend_from_slice(&value.serialize());
        }
        Datum::Uuid(value) => {
            out.push(7);
            out.extend_from_slice(value);
        }
        Datum::Date(value) => {
            out.push(8);
            out.extend_from_slice(&value.to_be_bytes());
        }
        Datum::Micros(value) => {
            out.push(9);
            out.extend_from_slice(&value.to_be_bytes());
        }
        Datum::Interval(value) => {
            out.push(10);
            out.extend_from_slice(&value.months.to_be_bytes());
            out.extend_from_slice(&value.days.to_be_bytes());
            out.extend_from_slice(&value.micros.to_be_bytes());
        }
        _ => {
            return Err(Error::usage(
                "a page cannot end at a document or an array",
                "order pages by columns with plain values",
            ));
        }
    }
    Ok(())
}

fn read(rest: &mut &[u8]) -> Option<Datum> {
    fn take<const N: usize>(rest: &mut &[u8]) -> Option<[u8; N]> {
        let (chunk, after) = rest.split_first_chunk()?;
        *rest = after;
        Some(*chunk)
    }
    fn long(rest: &mut &[u8]) -> Option<Vec<u8>> {
        let length = usize::try_from(u32::from_be_bytes(take(rest)?)).ok()?;
        let (bytes, after) = rest.split_at_checked(length)?;
        *rest = after;
        Some(bytes.to_vec())
    }
    Some(match take::<1>(rest)? {
        [0] => Datum::Null,
        [1] => Datum::Bool(take::<1>(rest)? == [1]),
        [2] => Datum::Int(i64::from_be_bytes(take(rest)?)),
        [3] => Datum::Float(f64::from_be_bytes(take(rest)?)),
        [4] => Datum::Text(String::from_utf8(long(rest)?).ok()?),
        [5] => Datum::Bytes(long(rest)?),
        [6] => {
            let decimal = Decimal::deserialize(take(rest)?);
            (decimal.scale() <= 28).then_some(Datum::Decimal(decimal))?
        }
        [7] => Datum::Uuid(take(rest)?),
        [8] => Datum::Date(i32::from_be_bytes(take(rest)?)),
        [9] => Datum::Micros(i64::from_be_bytes(take(rest)?)),
        [10] => Datum::Interval(Interval {
            months: i32::from_be_bytes(take(rest)?),
            days: i32::from_be_bytes(take(rest)?),
            micros: i64::from_be_bytes(take(rest)?),
        }),
        _ => return None,
    })
}

impl Select {
    /// Prepares one page: rows behind the cursor, one more than the size, and the keys of the order behind what is
    /// selected. The primary key decides between equal rows.
    pub(crate) fn paged(&mut self, size: u64, after: Option<&Cursor>) -> Result<()> {
        if !self.is_ungrouped() || self.offset.is_some() {
            return Err(Error::usage(
                format!(
                    "pages of table {} with groups, DISTINCT, a union or an offset",
                    self.from.table.name
                ),
                "page through plain rows, or use `limit` and `offset`",
            ));
        }
        let table = self.from.table;
        if self.columns.is_empty() {
            self.columns = (0..table.columns.len()).map(|position| self.own(position)).collect();
        }
        for position in table.primary_key {
            let key = self.own(*position);
            if !self.order.iter().any(|order| order.by.is_same(&key)) {
                self.order.push(Order::asc(key));
            }
        }
        if let Some(after) = after {
            let values = after.values(&self.order)?;
            let behind = self.behind(values);
            self.filter(behind);
        }
        self.columns.extend(self.order.iter().map(|key| key.by.clone()));
        self.limit = Some(size.max(1).saturating_add(1));
        Ok(())
    }

    /// A column of the first table.
    fn own(&self, position: usize) -> Tree {
        let crate::Source { table, alias } = self.from;
        Tree::of_column(crate::ColumnRef { table, alias, position })
    }

    fn may_be_null(&self, tree: &Tree) -> bool {
        let joined = self.joins.iter().any(|join| !matches!(join.kind, JoinKind::Inner | JoinKind::Cross));
        match &tree.node {
            Node::Column(column) => joined || column.is_nullable(),
            _ => true,
        }
    }

    /// The condition that a row stands behind these values.
    fn behind(&self, values: Vec<Datum>) -> Tree {
        let keys: Vec<_> = self.order.iter().zip(values).collect();
        let required = keys.iter().all(|(key, _)| !self.may_be_null(&key.by));
        let alike = self.order.windows(2).all(|pair| pair[0].sort == pair[1].sort);
        let param = |key: &Order, value: &Datum| Param::datum(value.clone(), key.by.ty);
        if let ([(first, _), _, ..], true, true) = (keys.as_slice(), required, alike) {
            // One comparison of rows, which an index on the keys serves.
            let (left, right) =
                keys.iter().map(|(key, value)| (key.by.clone(), key.by.beside(param(key, value)))).unzip();
            return Tree::condition(Node::CompareRows(beyond(first), left, right));
        }
        let mut ways = Vec::with_capacity(keys.len());
        let mut before: Vec<Tree> = Vec::new();
        for (key, value) in &keys {
            let tree = || key.by.clone();
            let first = key.puts_nulls_first();
            let step = match (value, self.may_be_null(&key.by)) {
                (Datum::Null, _) if first => Some(tree().is_not_null()),
                (Datum::Null, _) => None,
                (value, nullable) => {
                    let further = tree().compare_value(beyond(key), param(key, value));
                    Some(if nullable && !first { further.or(tree().is_null()) } else { further })
                }
            };
            if let Some(step) = step {
                let mut all = before.clone();
                all.push(step);
                ways.push(Tree::all(all));
            }
            before.push(match value {
                Datum::Null => tree().is_null(),
                value => tree().compare_value(Comparison::Eq, param(key, value)),
            });
        }
        let behind = Tree::any(ways);
        match keys.first() {
            // Said once more of the first key alone, so that an index is entered at the right place.
            Some((key, value)) if !self.may_be_null(&key.by) && keys.len() > 1 => {
                let from = if beyond(key) == Comparison::Gt { Comparison::Ge } else { Comparison::Le };
                key.by.clone().compare_value(from, param(key, value)).and(behind)
            }
            _ => behind,
        }
    }
}

fn beyond(key: &Order) -> Comparison {
    match key.sort {
        underpin_schema::SortOrder::Asc => Comparison::Gt,
        underpin_schema::SortOrder::Desc => Comparison::Lt,
    }
}

/// The types of the keys that stand behind what is selected.
pub(crate) fn key_types(select: &Select) -> Vec<ColumnType> {
    select.order.iter().map(|key| key.by.ty).collect()
}
