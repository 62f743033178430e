//! `finance demo`: the whole story, step by step. Each step is checked: a demo that does not hold says so and fails.

mod cast;
mod place;
mod secrets;
mod story;

use std::time::SystemTime;

use finance_adapter::{FinanceStorage, StoredEvent, history};
use finance_domain::{Failure, Storage, UnitOfWork, User, UserId, UserRepository};
use finance_domain::{change_email, register, verify_email};
use underpin::migrate::{Destination, Runner};
use underpin::outbox::OutboxRow;
use underpin::secrets::KeyRing;

use self::cast::Cast;
use self::place::Place;
use self::secrets::ana_entrusts_a_token;
use self::story::Story;
use super::tables;
use crate::error::{End, Error};

pub(crate) async fn run(url: Option<String>, configured: Option<KeyRing>) -> Result<End, Error> {
    let place = Place::choose(url, configured)?;
    let storage = FinanceStorage::connect(&place.url).await?.with_keys(&place.keys.ring)?;
    let mut story = Story::begin();
    let whose = if place.is_new { "a new file" } else { "your database; nothing in it is lost" };
    story.title("Finance, the first example of Underpin", &format!("{} ({whose})", place.name))?;

    build_tables(&storage, &mut story).await?;
    let cast = Cast::find(&storage).await?;
    let (ana, ben) = two_register(&storage, &cast, &mut story).await?;
    ana_verifies(&storage, ana, &mut story).await?;
    ben_moves(&storage, ben, &cast, &mut story).await?;
    somebody_wants_anas_address(&storage, &cast, &mut story).await?;
    eva_comes_in_bad_company(&storage, &cast, &mut story).await?;
    ana_entrusts_a_token(&storage, (ana, ben), (&cast, &place.keys), &mut story).await?;
    what_waits(&storage, [ana, ben], &mut story).await?;

    story.end("Whatever was committed has its event, and whatever was taken back has none.")?;
    if place.is_new {
        story.look_around(&place.name, ana, place.keys.made.as_deref())?;
    }
    Ok(End::Done)
}

async fn build_tables(storage: &FinanceStorage, story: &mut Story) -> Result<(), Error> {
    story.step("Build the tables, by the revisions that are compiled into this program")?;
    let history = history()?;
    let plan =
        Runner::new(&history).upgrade(&mut tables::target(storage).await?, &Destination::head()).await?;
    for step in plan.steps() {
        story.done(format!("{}  {}", step.revision(), step.message()))?;
    }
    if plan.is_empty() {
        story.done("they are there already")?;
    }
    Ok(())
}

async fn two_register(
    storage: &FinanceStorage,
    cast: &Cast,
    story: &mut Story,
) -> Result<(UserId, UserId), Error> {
    story.step("Two users register")?;
    let ana = register(storage, cast.ana.clone(), SystemTime::now()).await?;
    let ben = register(storage, cast.ben.clone(), SystemTime::now()).await?;
    for user in [&ana, &ben] {
        story.done(format!("{}  {}", user.id(), user.email()))?;
    }
    story.remark("each in one transaction with the event UserRegistered")?;
    Ok((ana.id(), ben.id()))
}

async fn ana_verifies(storage: &FinanceStorage, ana: UserId, story: &mut Story) -> Result<(), Error> {
    story.step("Ana verifies her address, twice")?;
    let user = verify_email(storage, ana, SystemTime::now()).await?;
    story.done(format!("{} is verified", user.email()))?;
    match verify_email(storage, ana, SystemTime::now()).await {
        Err(Failure::AlreadyVerified(refused)) => story.refused(format!("the second time: {refused}"))?,
        other => return Err(unexpected("that an address is verified once", other)),
    }
    story.remark("a rule of the domain: AlreadyVerified, and no second event")?;
    Ok(())
}

async fn ben_moves(
    storage: &FinanceStorage,
    ben: UserId,
    cast: &Cast,
    story: &mut Story,
) -> Result<(), Error> {
    story.step("Ben has another address")?;
    let user = change_email(storage, ben, cast.ben_moved.clone(), SystemTime::now()).await?;
    story.done(format!("{} is now {}, to be verified", cast.ben, user.email()))?;
    Ok(())
}

async fn somebody_wants_anas_address(
    storage: &FinanceStorage,
    cast: &Cast,
    story: &mut Story,
) -> Result<(), Error> {
    story.step("Somebody registers with Ana's address")?;
    match register(storage, cast.ana.clone(), SystemTime::now()).await {
        Err(Failure::EmailTaken(refused)) => story.refused(format!("{}: {refused}", cast.ana))?,
        other => return Err(unexpected("that an address belongs to one user", other)),
    }
    story.remark("the database says uq_users_email, the domain hears EmailTaken")?;
    Ok(())
}

async fn eva_comes_in_bad_company(
    storage: &FinanceStorage,
    cast: &Cast,
    story: &mut Story,
) -> Result<(), Error> {
    story.step("Eva registers in one unit of work with another one who wants Ana's address")?;
    let mut uow = storage.begin().await?;
    let mut eva = User::register(cast.eva.clone(), SystemTime::now());
    let mut other = User::register(cast.ana.clone(), SystemTime::now());
    uow.users().add(&mut eva)?;
    uow.users().add(&mut other)?;
    match uow.commit().await {
        Err(Failure::EmailTaken(refused)) => story.refused(format!("the commit: {refused}"))?,
        other => return Err(unexpected("that a unit of work is kept as a whole", other)),
    }
    let database = storage.database();
    let kept = database.get::<User>(eva.id().to_string()).await?;
    let events = database.select::<StoredEvent>().filter(OutboxRow::AGGREGATE_ID.eq(eva.id().to_string()));
    if kept.is_some() || !events.all().await?.is_empty() {
        return Err(broken("that a unit of work is taken back as a whole"));
    }
    story.done(format!("{} is not there, and neither is an event of hers", cast.eva))?;
    Ok(())
}

async fn what_waits(storage: &FinanceStorage, users: [UserId; 2], story: &mut Story) -> Result<(), Error> {
    story.step("What waits in the outbox until a relay delivers it")?;
    let of_these = OutboxRow::AGGREGATE_ID.is_in(users.map(|id| id.to_string()));
    let events = storage.database().select::<StoredEvent>().filter(of_these);
    let events = events.order_by(OutboxRow::ID.asc()).all().await?;
    for StoredEvent(row) in &events {
        story.done(format!("{:>3}  {:<14}  {}", row.id, row.event_type, row.payload))?;
    }
    let types: Vec<&str> = events.iter().map(|StoredEvent(row)| &*row.event_type).collect();
    if types != ["UserRegistered", "UserRegistered", "EmailVerified", "EmailChanged"] {
        return Err(broken("that every change has its event, in order"));
    }
    Ok(())
}

/// What a step of the demo got, when it is not what it was to show.
fn unexpected<T>(promise: &str, got: Result<T, Failure<underpin::Error>>) -> Error {
    match got {
        Err(failure @ Failure::Storage(_)) => failure.into(),
        _ => broken(promise),
    }
}

fn broken(promise: &str) -> Error {
    Error::refused(format!("the demo was to show {promise}, and it is not so"), "report this as a defect")
}
