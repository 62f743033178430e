//! The sequential model: plain maps, constraints looked at when everything is written.

use std::collections::{BTreeMap, BTreeSet};

use super::Step;

/// name, nickname, boss, team, version
pub type PersonState = (String, Option<String>, Option<i64>, Option<i64>, i64);
/// name, lead, version
pub type TeamState = (String, Option<i64>, i64);
/// person, code
pub type BadgeState = (i64, i32);

/// What a database should hold.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Contents {
    /// Persons by key.
    pub persons: BTreeMap<i64, PersonState>,
    /// Teams by key.
    pub teams: BTreeMap<i64, TeamState>,
    /// Badges by key.
    pub badges: BTreeMap<i64, BadgeState>,
    /// Events: what, on which person.
    pub events: Vec<(String, i64)>,
}

/// How a unit of work ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Committed.
    Committed,
    /// Rolled back by the program.
    RolledBack,
    /// A unique or primary key constraint refused it.
    Unique,
    /// A foreign key refused it.
    ForeignKey,
    /// Both are violated: either may be reported.
    Either,
}

/// A unit of work in the model.
#[derive(Debug, Clone)]
struct Work {
    now: Contents,
    /// As at the last flush: what the database holds of the unit of work.
    flushed: Contents,
}

/// The model.
#[derive(Debug, Clone, Default)]
pub struct Reference {
    committed: Contents,
}

impl Reference {
    /// What the database should hold.
    #[must_use]
    pub fn contents(&self) -> &Contents {
        &self.committed
    }

    /// Executes a unit of work.
    pub fn execute(&mut self, steps: &[Step], commit: bool) -> Outcome {
        let mut work = Work { now: self.committed.clone(), flushed: self.committed.clone() };
        let mut savepoints: Vec<Work> = Vec::new();
        for step in steps {
            match step {
                Step::Flush | Step::Savepoint => {
                    if let Err(outcome) = work.flush() {
                        return outcome;
                    }
                    if *step == Step::Savepoint {
                        savepoints.push(work.clone());
                    }
                }
                Step::RollbackTo => {
                    if let Some(saved) = savepoints.last() {
                        work = saved.clone();
                    }
                }
                Step::Release => {
                    savepoints.pop();
                }
                step => work.step(step),
            }
        }
        if !commit {
            return Outcome::RolledBack;
        }
        if let Err(outcome) = work.flush() {
            return outcome;
        }
        self.committed = work.now;
        Outcome::Committed
    }
}

impl Work {
    fn step(&mut self, step: &Step) {
        match step.clone() {
            // Who is there already is not added.
            Step::AddPerson(id, name, nickname, boss, team) if !self.now.persons.contains_key(&id) => {
                // Removed and added again before a flush: the row was never away.
                let version = self.flushed.persons.get(&id).map_or(1, |old| old.4);
                self.now.persons.insert(id, (name, nickname, boss, team, version));
                self.now.events.push(("person_added".to_owned(), id));
            }
            Step::ChangePerson(id, name, nickname, boss, team) => self.change_person(id, |person| {
                person.0 = name.unwrap_or_else(|| person.0.clone());
                person.1 = nickname.unwrap_or_else(|| person.1.clone());
                person.2 = boss.unwrap_or(person.2);
                person.3 = team.unwrap_or(person.3);
            }),
            Step::SwapNames(a, b) if a != b => {
                let name = |id| self.now.persons.get(&id).map(|person| person.0.clone());
                let (Some(first), Some(second)) = (name(a), name(b)) else { return };
                self.change_person(a, |person| person.0 = second);
                self.change_person(b, |person| person.0 = first);
            }
            Step::RemovePerson(id) if self.now.persons.remove(&id).is_some() => {
                self.now.events.push(("person_removed".to_owned(), id));
            }
            Step::AddTeam(id, name, lead) if !self.now.teams.contains_key(&id) => {
                let version = self.flushed.teams.get(&id).map_or(1, |old| old.2);
                self.now.teams.insert(id, (name, lead, version));
            }
            Step::ChangeTeam(id, name, lead) => {
                if let Some(team) = self.now.teams.get_mut(&id) {
                    team.0 = name.unwrap_or_else(|| team.0.clone());
                    team.1 = lead.unwrap_or(team.1);
                }
            }
            Step::RemoveTeam(id) => {
                self.now.teams.remove(&id);
            }
            Step::AddBadge(id, person, code) => {
                self.now.badges.entry(id).or_insert((person, code));
            }
            Step::ChangeBadge(id, person, code) => {
                if let Some(badge) = self.now.badges.get_mut(&id) {
                    badge.0 = person.unwrap_or(badge.0);
                    badge.1 = code.unwrap_or(badge.1);
                }
            }
            Step::RemoveBadge(id) => {
                self.now.badges.remove(&id);
            }
            _ => {}
        }
    }

    fn change_person(&mut self, id: i64, change: impl FnOnce(&mut PersonState)) {
        if let Some(person) = self.now.persons.get_mut(&id) {
            change(person);
            self.now.events.push(("person_changed".to_owned(), id));
        }
    }

    fn flush(&mut self) -> Result<(), Outcome> {
        match (self.unique_holds(), self.foreign_keys_hold()) {
            (true, true) => {}
            (false, true) => return Err(Outcome::Unique),
            (true, false) => return Err(Outcome::ForeignKey),
            (false, false) => return Err(Outcome::Either),
        }
        // A row that is not as it was counts its version up.
        for (id, person) in &mut self.now.persons {
            if let Some(old) = self.flushed.persons.get(id)
                && (&person.0, &person.1, person.2, person.3) != (&old.0, &old.1, old.2, old.3)
            {
                person.4 = old.4 + 1;
            }
        }
        for (id, team) in &mut self.now.teams {
            if let Some(old) = self.flushed.teams.get(id)
                && (&team.0, team.1) != (&old.0, old.1)
            {
                team.2 = old.2 + 1;
            }
        }
        self.flushed = self.now.clone();
        Ok(())
    }

    fn unique_holds(&self) -> bool {
        fn once<T: Ord>(values: impl Iterator<Item = T>) -> bool {
            let mut seen = BTreeSet::new();
            values.into_iter().all(|value| seen.insert(value))
        }
        once(self.now.persons.values().map(|person| &person.0))
            && once(self.now.persons.values().filter_map(|person| person.1.as_ref()))
            && once(self.now.teams.values().map(|team| &team.0))
            && once(self.now.badges.values().map(|badge| badge.1))
    }

    fn foreign_keys_hold(&self) -> bool {
        let person = |id: &i64| self.now.persons.contains_key(id);
        let team = |id: &i64| self.now.teams.contains_key(id);
        self.now.persons.values().all(|p| p.2.as_ref().is_none_or(person) && p.3.as_ref().is_none_or(team))
            && self.now.teams.values().all(|t| t.1.as_ref().is_none_or(person))
            && self.now.badges.values().all(|badge| person(&badge.0))
    }
}
