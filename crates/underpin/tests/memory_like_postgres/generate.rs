//! Random transactions over few values, so that rows meet.

use std::fmt;

use underpin::{Datum, TableDef};
use underpin_sql::WriteKind;

use crate::given::Group;
use crate::tables::TABLES;

/// What one side does.
pub(crate) enum Action {
    Begin,
    Commit,
    Rollback,
    Savepoint(u32),
    RollbackTo(u32),
    Release(u32),
    Write(Vec<Group>),
}

impl fmt::Debug for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Begin => f.write_str("begin"),
            Self::Commit => f.write_str("commit"),
            Self::Rollback => f.write_str("rollback"),
            Self::Savepoint(number) => write!(f, "savepoint {number}"),
            Self::RollbackTo(number) => write!(f, "rollback to {number}"),
            Self::Release(number) => write!(f, "release {number}"),
            Self::Write(groups) => groups.iter().try_for_each(|group| write!(f, "{group:?} ")),
        }
    }
}

/// Numbers from a seed: xorshift (Marsaglia, 2003).
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Self((seed + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15))
    }

    fn below(&mut self, bound: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 16) % bound
    }

    fn chance(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }

    /// A value of a column: 1 to 6, at times NULL.
    fn value(&mut self, nulls: u64) -> Datum {
        if self.chance(nulls) { Datum::Null } else { Datum::Int(i64::try_from(self.below(6)).unwrap() + 1) }
    }
}

/// The steps of a transaction; a few run outside of one.
pub(crate) fn transaction(random: &mut Random) -> Vec<Action> {
    let mut actions = Vec::new();
    let inside = random.chance(85);
    if inside {
        actions.push(Action::Begin);
    }
    let mut savepoints = 0_u32;
    for _ in 0..=random.below(9) {
        let savepoint = |random: &mut Random| u32::try_from(random.below(savepoints.into())).unwrap();
        let action = match random.below(10) {
            0 if inside => {
                savepoints += 1;
                Action::Savepoint(savepoints - 1)
            }
            1 | 2 if inside && savepoints > 0 => Action::RollbackTo(savepoint(random)),
            3 if inside && savepoints > 0 && random.chance(40) => Action::Release(savepoint(random)),
            _ => {
                let groups = if random.chance(80) { 1 } else { 2 };
                Action::Write((0..groups).map(|_| group(random)).collect())
            }
        };
        actions.push(action);
    }
    if inside {
        actions.push(if random.chance(85) { Action::Commit } else { Action::Rollback });
    }
    actions
}

/// Writes to one table. A statement of PostgreSQL takes the rows of an update in an order of its own, so there is one.
fn group(random: &mut Random) -> Group {
    let tables = u64::try_from(TABLES.len()).unwrap();
    // Parents are what most of it is about.
    let table: &'static TableDef =
        TABLES[usize::try_from(random.below(tables + 4).saturating_sub(4)).unwrap()]();
    let kind = match random.below(5) {
        0..=2 => WriteKind::Insert,
        3 => WriteKind::Update,
        _ => WriteKind::Delete,
    };
    let many = if kind == WriteKind::Update { 1 } else { 1 + random.below(3) };
    let mut rows: Vec<[Datum; 2]> = Vec::new();
    for _ in 0..many {
        let row = [random.value(0), random.value(10)];
        // No statement names a row twice.
        if kind == WriteKind::Insert || !rows.iter().any(|known| known[0] == row[0]) {
            rows.push(row);
        }
    }
    let column = usize::from(table.version().is_none() && random.chance(60));
    Group::new(table, kind, rows, column, random.value(10))
}
