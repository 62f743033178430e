//! Random queries give the same on PostgreSQL, on SQLite, and in a plain evaluation in Rust.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod condition;
mod evaluate;
mod model;

use rust_decimal::Decimal;
use underpin::Database;
use underpin::query::{both, count, exists, from};
use underpin_conformance::Target;
use underpin_conformance::random::Rng;

use condition::Condition;
use evaluate::{Group, grouped, in_order};
use model::{Fact, FactRow, Facts, Part, PartRow};

/// Data sets for each database, and queries for each data set.
const SETS: u64 = 25;
const QUERIES: u64 = 24;

async fn run(target: Target) {
    let scratch = target.scratch().await;
    let database = scratch.database::<Facts>().await;
    let mut rows_found = 0;
    for seed in 0..SETS {
        let mut rng = Rng::new(seed);
        let (facts, parts) = model::fill(&database, &mut rng).await;
        for query in 0..QUERIES {
            let place = format!("set {seed}, query {query}");
            rows_found += match query % 4 {
                0 => plain(&database, &mut rng, &facts, &place).await,
                1 => groups(&database, &mut rng, &facts, &place).await,
                2 => joins(&database, &mut rng, &facts, &parts, &place).await,
                _ => nested(&database, &mut rng, &facts, &parts, &place).await,
            };
        }
    }
    // Empty answers alone would show nothing.
    assert!(rows_found > 2_000, "only {rows_found} rows were found");
    database.close().await;
    drop(database);
    scratch.drop_database().await;
}

/// Conditions, order, limit and offset.
async fn plain(database: &Database<Facts>, rng: &mut Rng, facts: &[Fact], place: &str) -> usize {
    let condition = Condition::random(rng, 3);
    let (descends, nulls_first) = (rng.chance(50), rng.chance(50));
    let (offset, limit) = (rng.below(4), rng.below(12));
    let order = if descends { FactRow::A.desc() } else { FactRow::A.asc() };
    let order = if nulls_first { order.nulls_first() } else { order.nulls_last() };
    let query = database
        .query((FactRow::ID, FactRow::A, FactRow::D, FactRow::C))
        .from::<FactRow>()
        .filter(condition.filter())
        .order_by((order, FactRow::ID.desc()))
        .offset(offset)
        .limit(limit);
    let counted = database.query(FactRow::ID).from::<FactRow>().filter(condition.filter());
    let found = query.all().await.unwrap_or_else(|error| panic!("{place}: {error}\n{condition:?}"));
    let mut expected: Vec<&Fact> = facts.iter().filter(|fact| condition.holds(fact) == Some(true)).collect();
    assert_eq!(counted.count().await.unwrap(), expected.len() as u64, "{place}: {condition:?}");
    expected.sort_by(|x, y| in_order(x.a, y.a, descends, nulls_first).then(y.id.cmp(&x.id)));
    let window = expected.into_iter().skip(offset as usize).take(limit as usize);
    let expected: Vec<_> = window.map(|fact| (fact.id, fact.a, fact.d, fact.c.clone())).collect();
    assert_eq!(found, expected, "{place}: {condition:?}");
    found.len()
}

/// Groups, aggregates and HAVING.
async fn groups(database: &Database<Facts>, rng: &mut Rng, facts: &[Fact], place: &str) -> usize {
    let condition = Condition::random(rng, 2);
    let at_least = i64::try_from(rng.below(3)).unwrap();
    let query = database
        .query((
            FactRow::G,
            count(),
            FactRow::A.count(),
            FactRow::A.sum(),
            FactRow::D.sum(),
            FactRow::D.avg(),
            FactRow::A.avg(),
            FactRow::D.min(),
            FactRow::C.max(),
            FactRow::A.count_distinct(),
            count().only_where(FactRow::F),
        ))
        .from::<FactRow>()
        .filter(condition.filter())
        .group_by(FactRow::G)
        .having(count().ge(at_least))
        .order_by(FactRow::G.asc());
    let found = query.all().await.unwrap_or_else(|error| panic!("{place}: {error}\n{condition:?}"));
    let chosen: Vec<&Fact> = facts.iter().filter(|fact| condition.holds(fact) == Some(true)).collect();
    let expected: Vec<Group> = grouped(&chosen).into_iter().filter(|group| group.1 >= at_least).collect();
    assert_eq!(found, expected, "{place}: {condition:?}");
    // Of all rows, the empty set included.
    let all = database
        .query((count(), FactRow::D.sum(), FactRow::A.max(), FactRow::ID.max().nullable()))
        .from::<FactRow>()
        .filter(condition.filter());
    let expected = (
        i64::try_from(chosen.len()).unwrap(),
        chosen.iter().filter_map(|fact| fact.d).reduce(|a, b| a + b),
        chosen.iter().filter_map(|fact| fact.a).max(),
        chosen.iter().map(|fact| fact.id).max(),
    );
    assert_eq!(all.one().await.unwrap(), expected, "{place}: {condition:?}");
    found.len()
}

/// Joins, with a condition on each side, and a calculation over both.
async fn joins(
    database: &Database<Facts>,
    rng: &mut Rng,
    facts: &[Fact],
    parts: &[Part],
    place: &str,
) -> usize {
    let condition = Condition::random(rng, 2);
    let least = i32::try_from(rng.below(6)).unwrap();
    let belongs = || PartRow::FACT.eq_expr(FactRow::ID);
    let inner = from::<FactRow>()
        .inner_join::<PartRow>()
        .on(belongs())
        .filter(condition.filter())
        .filter(PartRow::N.ge(least))
        .order_by((FactRow::ID.asc(), PartRow::ID.asc()))
        .select((FactRow::ID, PartRow::ID, FactRow::A + PartRow::N, FactRow::D * Decimal::new(15, 1)));
    let found = inner.at(database).all().await.unwrap_or_else(|error| panic!("{place}: {error}"));
    let holds = |fact: &&Fact| condition.holds(fact) == Some(true);
    let mut expected = Vec::new();
    for fact in facts.iter().filter(holds) {
        for part in parts.iter().filter(|part| part.fact == Some(fact.id) && part.n >= Some(least)) {
            let sum = fact.a.zip(part.n).map(|(a, n)| a + n);
            expected.push((fact.id, part.id, sum, fact.d.map(|d| d * Decimal::new(15, 1))));
        }
    }
    assert_eq!(found, expected, "{place}: {condition:?}");
    let left = from::<FactRow>()
        .left_join::<PartRow>()
        .on(both(belongs(), PartRow::N.ge(least)))
        .filter(condition.filter())
        .group_by(FactRow::ID)
        .order_by(FactRow::ID.asc())
        .select((FactRow::ID, PartRow::ID.count(), PartRow::N.sum()));
    let found = left.at(database).all().await.unwrap();
    let expected: Vec<_> = facts
        .iter()
        .filter(holds)
        .map(|fact| {
            let of = parts.iter().filter(|part| part.fact == Some(fact.id) && part.n >= Some(least));
            let numbers: Vec<i64> = of.filter_map(|part| part.n.map(i64::from)).collect();
            let sum = numbers.iter().copied().reduce(|a, b| a + b);
            (fact.id, i64::try_from(numbers.len()).unwrap(), sum)
        })
        .collect();
    assert_eq!(found, expected, "{place}: {condition:?}");
    found.len()
}

/// EXISTS, IN and unions.
async fn nested(
    database: &Database<Facts>,
    rng: &mut Rng,
    facts: &[Fact],
    parts: &[Part],
    place: &str,
) -> usize {
    let (one, other) = (Condition::random(rng, 2), Condition::random(rng, 2));
    let least = i32::try_from(rng.below(6)).unwrap();
    let has = || {
        let of = from::<PartRow>().outer::<FactRow>().filter(PartRow::FACT.eq_expr(FactRow::ID));
        exists(of.filter(PartRow::N.ge(least)))
    };
    let negated = rng.chance(50);
    let query = from::<FactRow>()
        .filter(one.filter().and(if negated { !has() } else { has() }))
        .select(FactRow::ID)
        .order_by(FactRow::ID.asc());
    let found = query.at(database).all().await.unwrap_or_else(|error| panic!("{place}: {error}\n{one:?}"));
    let with_part =
        |fact: &Fact| parts.iter().any(|part| part.fact == Some(fact.id) && part.n >= Some(least));
    let expected: Vec<i64> = facts
        .iter()
        .filter(|fact| one.holds(fact) == Some(true) && with_part(fact) != negated)
        .map(|fact| fact.id)
        .collect();
    assert_eq!(found, expected, "{place}: {one:?}");
    let of = |condition: &Condition| from::<FactRow>().filter(condition.filter()).select(FactRow::ID);
    let ids = |holds: &dyn Fn(&Fact) -> bool| -> Vec<i64> {
        facts.iter().filter(|fact| holds(fact)).map(|fact| fact.id).collect()
    };
    let (first, second) =
        (|fact: &Fact| one.holds(fact) == Some(true), |fact: &Fact| other.holds(fact) == Some(true));
    let order = || FactRow::ID.asc();
    let union = of(&one).union(of(&other)).order_by(order()).at(database).all().await.unwrap();
    assert_eq!(union, ids(&|fact| first(fact) || second(fact)), "{place}: {one:?} {other:?}");
    let except = of(&one).except(of(&other)).order_by(order()).at(database).all().await.unwrap();
    assert_eq!(except, ids(&|fact| first(fact) && !second(fact)), "{place}: {one:?} {other:?}");
    let among = from::<FactRow>().filter(FactRow::ID.is_in_query(of(&other))).select(FactRow::ID);
    let among = among.order_by(order()).at(database).all().await.unwrap();
    assert_eq!(among, ids(&second), "{place}: {other:?}");
    found.len() + union.len()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn postgres() {
    run(Target::Postgres).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sqlite() {
    run(Target::Sqlite).await;
}

#[tokio::test]
async fn memory() {
    run(Target::Memory).await;
}
