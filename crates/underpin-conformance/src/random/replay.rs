//! Executing a unit of work on a database, and reading what it then holds.

use underpin::outbox::OutboxRow;
use underpin::{
    Database, Entity, Error, Events, Isolation, MappingError, Result, Savepoint, TransactionOptions,
    UnitOfWork,
};

use super::{Contents, Outcome, Step};
use crate::model::{Badge, Person, Suite, Team};

/// Executes the steps and says how it ended.
///
/// # Panics
/// If it ends in a way that no unit of work should.
pub async fn replay(database: &Database<Suite>, steps: &[Step], commit: bool) -> Outcome {
    let mut uow = database.begin().await.expect("a unit of work begins");
    let outcome = match execute(&mut uow, steps).await {
        Err(error) => Err(error),
        Ok(()) if commit => uow.commit().await.map(|()| Outcome::Committed),
        Ok(()) => uow.rollback().await.map(|()| Outcome::RolledBack),
    };
    match outcome {
        Ok(outcome) => outcome,
        Err(error) if error.is_unique_violation() => Outcome::Unique,
        Err(error) if error.is_foreign_key_violation() => Outcome::ForeignKey,
        Err(error) => panic!("{error:?} after {steps:#?}"),
    }
}

async fn execute(uow: &mut UnitOfWork<Suite>, steps: &[Step]) -> Result<()> {
    let mut savepoints: Vec<Savepoint> = Vec::new();
    for step in steps {
        match step.clone() {
            Step::Flush => uow.flush().await?,
            Step::Savepoint => savepoints.push(uow.savepoint().await?),
            Step::RollbackTo => {
                if let Some(savepoint) = savepoints.last() {
                    uow.rollback_to(*savepoint).await?;
                }
            }
            Step::Release => {
                if let Some(savepoint) = savepoints.pop() {
                    uow.release(savepoint).await?;
                }
            }
            step => change(uow, step).await?,
        }
    }
    Ok(())
}

async fn change(uow: &mut UnitOfWork<Suite>, step: Step) -> Result<()> {
    match step {
        Step::AddPerson(id, name, nickname, boss, team) if uow.get::<Person>(id).await?.is_none() => {
            let mut person = Person { nickname, boss, team, ..Person::new(id, &name) };
            uow.add(&mut person)?;
        }
        Step::ChangePerson(id, name, nickname, boss, team) => {
            if let Some(mut person) = uow.get::<Person>(id).await? {
                person.name = name.unwrap_or(person.name);
                person.nickname = nickname.unwrap_or(person.nickname);
                person.boss = boss.unwrap_or(person.boss);
                person.team = team.unwrap_or(person.team);
                person.events.push("person_changed");
                uow.save(&mut person)?;
            }
        }
        Step::SwapNames(a, b) if a != b => {
            if let (Some(mut first), Some(mut second)) =
                (uow.get::<Person>(a).await?, uow.get::<Person>(b).await?)
            {
                std::mem::swap(&mut first.name, &mut second.name);
                first.events.push("person_changed");
                second.events.push("person_changed");
                uow.save(&mut first)?;
                uow.save(&mut second)?;
            }
        }
        Step::RemovePerson(id) => {
            if let Some(mut person) = uow.get::<Person>(id).await? {
                person.events.push("person_removed");
                uow.remove(&mut person)?;
            }
        }
        Step::AddTeam(id, name, lead) if uow.get::<Team>(id).await?.is_none() => {
            uow.add(&mut Team { id, name, lead, version: 1 })?;
        }
        Step::ChangeTeam(id, name, lead) => {
            if let Some(mut team) = uow.get::<Team>(id).await? {
                team.name = name.unwrap_or(team.name);
                team.lead = lead.unwrap_or(team.lead);
                uow.save(&mut team)?;
            }
        }
        Step::RemoveTeam(id) => {
            if let Some(mut team) = uow.get::<Team>(id).await? {
                uow.remove(&mut team)?;
            }
        }
        Step::AddBadge(id, person, code) if uow.get::<Badge>(id).await?.is_none() => {
            uow.add(&mut Badge { id, person, code, label: None })?;
        }
        Step::ChangeBadge(id, person, code) => {
            if let Some(mut badge) = uow.get::<Badge>(id).await? {
                badge.person = person.unwrap_or(badge.person);
                badge.code = code.unwrap_or(badge.code);
                uow.save(&mut badge)?;
            }
        }
        Step::RemoveBadge(id) => {
            if let Some(mut badge) = uow.get::<Badge>(id).await? {
                uow.remove(&mut badge)?;
            }
        }
        _ => {}
    }
    Ok(())
}

/// A stored event, read back.
struct Stored(OutboxRow);

impl Entity<Suite> for Stored {
    type Row = OutboxRow;

    fn to_row(&self) -> OutboxRow {
        OutboxRow::new(
            self.0.event_type.clone(),
            self.0.aggregate_type.clone(),
            &*self.0.aggregate_id,
            &*self.0.payload,
        )
    }

    fn from_row(row: OutboxRow) -> Result<Self, MappingError> {
        Ok(Self(row))
    }
}

impl Events<Suite> for Stored {}

/// What a database holds, all of it as at one moment.
///
/// # Errors
/// If it cannot be asked.
pub async fn contents(database: &Database<Suite>) -> Result<Contents, Error> {
    let mut held = Contents::default();
    let snapshot = TransactionOptions::new().read_only().isolation(Isolation::RepeatableRead);
    let mut uow = database.begin_with(snapshot).await?;
    for person in uow.select::<Person>().all().await? {
        let Person { id, name, nickname, boss, team, version, .. } = person;
        held.persons.insert(id, (name, nickname, boss, team, version));
    }
    for Team { id, name, lead, version } in uow.select::<Team>().all().await? {
        held.teams.insert(id, (name, lead, version));
    }
    for Badge { id, person, code, .. } in uow.select::<Badge>().all().await? {
        held.badges.insert(id, (person, code));
    }
    for Stored(event) in uow.select::<Stored>().order_by(OutboxRow::ID.asc()).all().await? {
        held.events.push((event.event_type.into_owned(), event.aggregate_id.parse().expect("a number")));
    }
    uow.rollback().await?;
    Ok(held)
}
