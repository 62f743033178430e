//! Two small tables with NULLs everywhere, and random rows for them.

use rust_decimal::Decimal;
use underpin::{Database, Schema, SchemaBuilder, Store, Table};
use underpin_conformance::random::Rng;

/// The marker of the tables.
pub(crate) struct Facts;

impl Store for Facts {
    fn schema() -> SchemaBuilder {
        Schema::builder().table::<FactRow>().table::<PartRow>()
    }
}

#[derive(Table, Debug, Clone)]
#[table(name = "facts")]
pub(crate) struct FactRow {
    #[column(primary_key)]
    pub(crate) id: i64,
    pub(crate) a: Option<i32>,
    pub(crate) b: i32,
    pub(crate) c: Option<String>,
    #[column(precision = 10, scale = 2)]
    pub(crate) d: Option<Decimal>,
    #[column(precision = 22, scale = 5)]
    pub(crate) e: Decimal,
    pub(crate) f: bool,
    pub(crate) g: Option<i32>,
}

#[derive(Table, Debug, Clone)]
#[table(name = "parts")]
pub(crate) struct PartRow {
    #[column(primary_key)]
    pub(crate) id: i64,
    #[column(references = FactRow::ID)]
    pub(crate) fact: Option<i64>,
    pub(crate) n: Option<i32>,
}

pub(crate) type Fact = FactRow;
pub(crate) type Part = PartRow;

/// Letters that patterns treat in their own way are among them.
pub(crate) const LETTERS: [&str; 8] = ["a", "A", "ä", "%", "_", "\\", "'", "b"];

pub(crate) fn word(rng: &mut Rng) -> String {
    (0..rng.below(4)).map(|_| LETTERS[usize::try_from(rng.below(8)).unwrap()]).collect()
}

/// A number near zero.
pub(crate) fn number(rng: &mut Rng) -> i32 {
    i32::try_from(rng.below(11)).unwrap() - 5
}

pub(crate) fn decimal(rng: &mut Rng) -> Decimal {
    Decimal::new(i64::try_from(rng.below(2_001)).unwrap() - 1_000, 2)
}

fn maybe<T>(rng: &mut Rng, make: impl FnOnce(&mut Rng) -> T) -> Option<T> {
    if rng.chance(30) { None } else { Some(make(rng)) }
}

/// Empties the tables and fills them anew; sometimes they stay empty.
pub(crate) async fn fill(database: &Database<Facts>, rng: &mut Rng) -> (Vec<Fact>, Vec<Part>) {
    let rows = if rng.chance(10) { 0 } else { rng.below(30) };
    let rows = i64::try_from(rows).unwrap();
    let facts: Vec<Fact> = (1..=rows)
        .map(|id| Fact {
            id,
            a: maybe(rng, number),
            b: number(rng),
            c: maybe(rng, word),
            d: maybe(rng, decimal),
            e: Decimal::new(i64::try_from(rng.below(4_000_001)).unwrap() - 2_000_000, 5),
            f: rng.chance(50),
            g: maybe(rng, |rng| i32::try_from(rng.below(3)).unwrap()),
        })
        .collect();
    let parts: Vec<Part> = (1..=rows * 2)
        .map(|id| Part {
            id,
            fact: maybe(rng, |rng| i64::try_from(rng.below(u64::try_from(rows).unwrap())).unwrap() + 1),
            n: maybe(rng, number),
        })
        .collect();
    let mut uow = database.begin().await.unwrap();
    uow.delete::<Part>().all_rows().execute().await.unwrap();
    uow.delete::<Fact>().all_rows().execute().await.unwrap();
    facts.iter().for_each(|fact| uow.append(fact.clone()));
    uow.flush().await.unwrap();
    parts.iter().for_each(|part| uow.append(part.clone()));
    uow.commit().await.unwrap();
    (facts, parts)
}
