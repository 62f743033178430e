//! A random condition: as a filter of a query, and as Rust.

use rust_decimal::Decimal;
use underpin::Filter;
use underpin::query::{value, when};
use underpin_conformance::random::Rng;

use super::model::{Fact, FactRow, decimal, number, word};

/// A condition on a fact.
#[derive(Debug)]
pub(crate) enum Condition {
    Number(u64, i32),
    Columns(u64),
    Sum(i32, i32),
    Remainder(i32, i32),
    Between(i32, i32),
    Among(Vec<i32>),
    Text(u64, String),
    Lower(String),
    Length(i64),
    Money(u64, Decimal),
    Product(Decimal),
    Decimals(u64),
    Missing(u64),
    Otherwise(i32, i32),
    Case(i32),
    Flag,
    And(Box<Condition>, Box<Condition>),
    Or(Box<Condition>, Box<Condition>),
    Not(Box<Condition>),
}

fn compared<T: PartialOrd>(how: u64, left: Option<T>, right: Option<T>) -> Option<bool> {
    let (left, right) = (left?, right?);
    Some(match how {
        0 => left == right,
        1 => left != right,
        2 => left < right,
        3 => left <= right,
        4 => left > right,
        _ => left >= right,
    })
}

/// A comparison of two expressions, by number.
macro_rules! compare {
    ($how:expr, $left:expr, $right:expr, [$eq:ident $ne:ident $lt:ident $le:ident $gt:ident $ge:ident]) => {
        match $how {
            0 => $left.$eq($right),
            1 => $left.$ne($right),
            2 => $left.$lt($right),
            3 => $left.$le($right),
            4 => $left.$gt($right),
            _ => $left.$ge($right),
        }
    };
}

impl Condition {
    pub(crate) fn random(rng: &mut Rng, depth: u64) -> Self {
        if depth > 0 && rng.chance(60) {
            let one = Box::new(Self::random(rng, depth - 1));
            return match rng.below(3) {
                0 => Self::And(one, Box::new(Self::random(rng, depth - 1))),
                1 => Self::Or(one, Box::new(Self::random(rng, depth - 1))),
                _ => Self::Not(one),
            };
        }
        match rng.below(16) {
            0 => Self::Number(rng.below(6), number(rng)),
            1 => Self::Columns(rng.below(6)),
            2 => Self::Sum(number(rng), number(rng)),
            3 => Self::Remainder(2 + number(rng).abs(), number(rng)),
            4 => Self::Between(number(rng), number(rng)),
            5 => Self::Among((0..rng.below(4)).map(|_| number(rng)).collect()),
            6 => Self::Text(rng.below(7), word(rng)),
            7 => Self::Lower(word(rng)),
            8 => Self::Length(i64::try_from(rng.below(4)).unwrap()),
            9 => Self::Money(rng.below(6), decimal(rng)),
            10 => Self::Product(decimal(rng)),
            11 => Self::Decimals(rng.below(6)),
            12 => Self::Missing(rng.below(3)),
            13 => Self::Otherwise(number(rng), number(rng)),
            14 => Self::Case(number(rng)),
            _ => Self::Flag,
        }
    }

    pub(crate) fn filter(&self) -> Filter<FactRow> {
        match self {
            Self::Number(how, n) => compare!(how, FactRow::A, *n, [eq ne lt le gt ge]),
            Self::Columns(how) => {
                let both = compare!(
                    how,
                    FactRow::A,
                    FactRow::B,
                    [eq_expr ne_expr lt_expr le_expr gt_expr ge_expr]
                );
                yes().and(both)
            }
            Self::Sum(n, m) => yes().and((FactRow::A + FactRow::B - *n).lt(*m)),
            Self::Remainder(n, m) => (FactRow::B % *n).eq(*m),
            Self::Between(n, m) => FactRow::A.between(*n, *m),
            Self::Among(among) => FactRow::A.is_in(among.iter().copied()),
            Self::Text(0, text) => FactRow::C.eq(text.as_str()),
            Self::Text(1, text) => FactRow::C.contains(text),
            Self::Text(2, text) => FactRow::C.starts_with(text),
            Self::Text(3, text) => FactRow::C.ends_with(text),
            Self::Text(4, text) => FactRow::C.ieq(text.as_str()),
            Self::Text(_, text) => FactRow::C.replace("a", "b").lt(text.as_str()),
            Self::Lower(text) => FactRow::C.lower().eq(text.as_str()),
            Self::Length(n) => FactRow::C.length().le(*n),
            Self::Money(how, d) => compare!(how, FactRow::D, *d, [eq ne lt le gt ge]),
            Self::Product(d) => yes().and((FactRow::D * FactRow::E).gt_expr(value::<Decimal>(*d))),
            Self::Decimals(how) => {
                let both = compare!(
                    how,
                    FactRow::D,
                    FactRow::E,
                    [eq_expr ne_expr lt_expr le_expr gt_expr ge_expr]
                );
                yes().and(both)
            }
            Self::Missing(0) => FactRow::A.is_null(),
            Self::Missing(1) => FactRow::C.is_not_null(),
            Self::Missing(_) => FactRow::D.is_null(),
            Self::Otherwise(n, m) => FactRow::A.coalesce(*n).eq(*m),
            Self::Case(n) => {
                let chosen = when(FactRow::F, FactRow::A).otherwise(FactRow::B);
                yes().and(chosen.ge(*n))
            }
            Self::Flag => FactRow::F.eq(true),
            Self::And(one, other) => one.filter().and(other.filter()),
            Self::Or(one, other) => one.filter().or(other.filter()),
            Self::Not(one) => !one.filter(),
        }
    }

    /// True, false, or unknown.
    pub(crate) fn holds(&self, fact: &Fact) -> Option<bool> {
        let c = fact.c.as_deref();
        match self {
            Self::Number(how, n) => compared(*how, fact.a, Some(*n)),
            Self::Columns(how) => compared(*how, fact.a, Some(fact.b)),
            Self::Sum(n, m) => fact.a.map(|a| a + fact.b - n < *m),
            Self::Remainder(n, m) => Some(fact.b % n == *m),
            Self::Between(n, m) => fact.a.map(|a| (*n..=*m).contains(&a)),
            // Among none it is false, even for NULL.
            Self::Among(among) if among.is_empty() => Some(false),
            Self::Among(among) => fact.a.map(|a| among.contains(&a)),
            Self::Text(0, text) => c.map(|c| c == text),
            Self::Text(1, text) => c.map(|c| c.contains(text)),
            Self::Text(2, text) => c.map(|c| c.starts_with(text)),
            Self::Text(3, text) => c.map(|c| c.ends_with(text)),
            Self::Text(4, text) => c.map(|c| c.to_lowercase() == text.to_lowercase()),
            Self::Text(_, text) => c.map(|c| c.replace('a', "b") < *text),
            Self::Lower(text) => c.map(|c| c.to_lowercase() == *text),
            Self::Length(n) => c.map(|c| i64::try_from(c.chars().count()).unwrap() <= *n),
            Self::Money(how, d) => compared(*how, fact.d, Some(*d)),
            Self::Product(d) => fact.d.map(|own| own * fact.e > *d),
            Self::Decimals(how) => compared(*how, fact.d, Some(fact.e)),
            Self::Missing(0) => Some(fact.a.is_none()),
            Self::Missing(1) => Some(fact.c.is_some()),
            Self::Missing(_) => Some(fact.d.is_none()),
            Self::Otherwise(n, m) => Some(fact.a.unwrap_or(*n) == *m),
            Self::Case(n) => (if fact.f { fact.a } else { Some(fact.b) }).map(|chosen| chosen >= *n),
            Self::Flag => Some(fact.f),
            Self::And(one, other) => match (one.holds(fact), other.holds(fact)) {
                (Some(false), _) | (_, Some(false)) => Some(false),
                (Some(true), Some(true)) => Some(true),
                _ => None,
            },
            Self::Or(one, other) => match (one.holds(fact), other.holds(fact)) {
                (Some(true), _) | (_, Some(true)) => Some(true),
                (Some(false), Some(false)) => Some(false),
                _ => None,
            },
            Self::Not(one) => one.holds(fact).map(|holds| !holds),
        }
    }
}

/// Every fact.
fn yes() -> Filter<FactRow> {
    FactRow::ID.is_not_null()
}
