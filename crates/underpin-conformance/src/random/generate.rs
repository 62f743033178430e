//! Making a unit of work from a seed.

use super::Rng;

/// One step of a unit of work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// Add a person with a name, nickname, boss and team.
    AddPerson(i64, String, Option<String>, Option<i64>, Option<i64>),
    /// Load a person and change what is given; `Some(None)` sets NULL.
    ChangePerson(i64, Option<String>, Option<Option<String>>, Option<Option<i64>>, Option<Option<i64>>),
    /// Load a person and remove it.
    RemovePerson(i64),
    /// Load two persons and swap their names.
    SwapNames(i64, i64),
    /// Add a team with a name and a lead.
    AddTeam(i64, String, Option<i64>),
    /// Load a team and change what is given.
    ChangeTeam(i64, Option<String>, Option<Option<i64>>),
    /// Load a team and remove it.
    RemoveTeam(i64),
    /// Add a badge to a person, with a code.
    AddBadge(i64, i64, i32),
    /// Load a badge and change its person or code.
    ChangeBadge(i64, Option<i64>, Option<i32>),
    /// Load a badge and remove it.
    RemoveBadge(i64),
    /// Flush.
    Flush,
    /// Set a savepoint.
    Savepoint,
    /// Go back to the innermost savepoint.
    RollbackTo,
    /// Forget the innermost savepoint.
    Release,
}

const IDS: u64 = 14;
const NAMES: u64 = 18;

fn id(rng: &mut Rng) -> i64 {
    1 + rng.below(IDS) as i64
}

fn maybe_id(rng: &mut Rng) -> Option<i64> {
    if rng.chance(60) { Some(id(rng)) } else { None }
}

fn name(rng: &mut Rng) -> String {
    format!("name {}", rng.below(NAMES))
}

fn maybe_name(rng: &mut Rng) -> Option<String> {
    if rng.chance(50) { Some(name(rng)) } else { None }
}

fn code(rng: &mut Rng) -> i32 {
    rng.below(NAMES) as i32
}

fn change<T>(rng: &mut Rng, percent: u64, value: impl FnOnce(&mut Rng) -> T) -> Option<T> {
    if rng.chance(percent) { Some(value(rng)) } else { None }
}

/// The steps of the unit of work with this seed, and whether it is committed at its end.
#[must_use]
pub fn unit_of_work(seed: u64) -> (Vec<Step>, bool) {
    let mut rng = Rng::new(seed);
    let rng = &mut rng;
    let count = 1 + rng.below(9);
    let steps = (0..count).map(|_| step(rng)).collect();
    (steps, rng.chance(90))
}

fn step(rng: &mut Rng) -> Step {
    match rng.below(100) {
        0..16 => Step::AddPerson(id(rng), name(rng), maybe_name(rng), maybe_id(rng), maybe_id(rng)),
        16..36 => Step::ChangePerson(
            id(rng),
            change(rng, 40, name),
            change(rng, 30, maybe_name),
            change(rng, 40, maybe_id),
            change(rng, 30, maybe_id),
        ),
        36..44 => Step::RemovePerson(id(rng)),
        44..52 => Step::SwapNames(id(rng), id(rng)),
        52..60 => Step::AddTeam(id(rng), name(rng), maybe_id(rng)),
        60..67 => Step::ChangeTeam(id(rng), change(rng, 60, name), change(rng, 60, maybe_id)),
        67..72 => Step::RemoveTeam(id(rng)),
        72..80 => Step::AddBadge(id(rng), id(rng), code(rng)),
        80..86 => Step::ChangeBadge(id(rng), change(rng, 60, id), change(rng, 60, code)),
        86..90 => Step::RemoveBadge(id(rng)),
        90..94 => Step::Flush,
        94..97 => Step::Savepoint,
        97..99 => Step::RollbackTo,
        _ => Step::Release,
    }
}
