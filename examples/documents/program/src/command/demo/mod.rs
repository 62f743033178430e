//! `documents demo`: everything, step by step. Each step is checked: a demo that does not hold says so and fails.

mod borrower;
mod inbox;
mod place;
mod story;

use std::path::{Path, PathBuf};
use std::sync::Mutex;

use documents_adapter::{ArrivedBytes, DocumentsStorage, FileStore, MemoryStore, history};
use documents_domain::{
    Arrival, Document, DocumentRepository, Intake, Listing, Paging, Repositories, Status, Storage,
    ingest_documents,
};
use underpin::migrate::{Destination, Runner};

use self::place::Place;
use self::story::Story;
use super::{ingest, tables, work};
use crate::cli::Work;
use crate::error::{End, Error};
use crate::keys;
use crate::output::shown;

pub(crate) async fn run(url: Option<String>, store: PathBuf, key_file: Option<&Path>) -> Result<End, Error> {
    let place = Place::choose(url, store, keys::load_any(key_file)?)?;
    let storage = DocumentsStorage::connect(&place.url).await?;
    let contents = FileStore::open(place.store.clone())?;
    let mut story = Story::begin();
    let whose = if place.is_new { "a new file" } else { "your database; nothing in it is lost" };
    story.title("Loan documents, an example of Underpin", &format!("{} ({whose})", place.name))?;

    build_tables(&storage, &mut story).await?;
    files_come(&storage, &contents, &mut story).await?;
    one_comes_again(&storage, &mut story).await?;
    workers_read(&storage, &contents, &mut story).await?;
    what_was_read(&storage, &mut story).await?;
    borrower::somebody_is_recorded(&storage, place.keys.as_deref(), &mut story).await?;

    story.end(
        "A document is there once, whoever brings it; a worker has it alone; a change writes only itself.",
    )?;
    if place.is_new {
        story.look_around(&place.name, &place.store, place.keys.as_deref())?;
    }
    Ok(End::Done)
}

async fn build_tables(storage: &DocumentsStorage, story: &mut Story) -> Result<(), Error> {
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

async fn files_come(
    storage: &DocumentsStorage,
    contents: &FileStore,
    story: &mut Story,
) -> Result<(), Error> {
    story.step("Take in the files of a directory: each is hashed while it is copied")?;
    let inbox = inbox::filled()?;
    let files = ingest::files(inbox.path())?;
    let refused = Mutex::new(Vec::new());
    let note = |name: &str, why: &str| {
        if let Ok(mut refused) = refused.lock() {
            refused.push(format!("{name}: {why}"));
        }
    };
    let tally = ingest::all(storage, contents, inbox.path(), files, |_, _| {}, note).await?;
    story.done(format!("{} taken in, {} known already", tally.taken_in, tally.known))?;
    for line in refused.into_inner().unwrap_or_default() {
        story.refused(line)?;
    }
    story.remark("payslip.pdf is there twice, which makes one document")?;
    if tally.taken_in + tally.known == inbox::DOCUMENTS + 1 && tally.refused == 1 {
        return Ok(());
    }
    Err(broken("five documents and one file that is none"))
}

async fn one_comes_again(storage: &DocumentsStorage, story: &mut Story) -> Result<(), Error> {
    story.step("Somebody uploads the pay slip once more, under another name")?;
    let content = ArrivedBytes::from(include_bytes!("../../../../data/payslip.pdf").to_vec());
    let name = "march.pdf".parse().map_err(broken)?;
    let arrival = Arrival::new(name, content).map_err(broken)?;
    // Nothing is kept, neither there nor in the database: the unit of work is dropped.
    let nowhere = MemoryStore::default();
    let mut uow = storage.begin().await?;
    let now = std::time::SystemTime::now();
    let told = ingest_documents(&mut uow.documents(), &nowhere, vec![arrival], now).await?.pop();
    let Some(Intake::Known(document)) = told else { return Err(broken("that the content is known")) };
    let name = shown(document.state().file_name.as_str());
    story.done(format!("known already, as {name}"))?;
    Ok(())
}

async fn workers_read(
    storage: &DocumentsStorage,
    contents: &FileStore,
    story: &mut Story,
) -> Result<(), Error> {
    story.step("Three workers read what waits, each file in a process of its own")?;
    let asked = Work { workers: 3, seconds: 30, watch: false };
    let tally = work::all(storage.clone(), contents.clone(), &asked, |_, _| {}).await?;
    story.done(format!("{} read, {} could not be", tally.read, tally.failed))?;
    Ok(())
}

async fn what_was_read(storage: &DocumentsStorage, story: &mut Story) -> Result<(), Error> {
    story.step("What was read, by the names of the files")?;
    let mut uow = storage.begin().await?;
    let listing = Listing { status: None, paging: Paging::new(0, 100).map_err(broken)? };
    let mut documents = uow.documents().list_documents(listing).await?;
    documents.sort_by(|a, b| a.state().file_name.cmp(&b.state().file_name));
    for document in &documents {
        tell(document, story)?;
    }
    let finished = |document: &Document| !matches!(document.status(), Status::Pending);
    if documents.iter().all(finished) { Ok(()) } else { Err(broken("that nothing waits")) }
}

fn tell(document: &Document, story: &mut Story) -> Result<(), Error> {
    let state = document.state();
    let name = shown(state.file_name.as_str());
    let pages = match state.pages {
        Some(1) => "1 page".to_owned(),
        Some(pages) => format!("{pages} pages"),
        None => String::new(),
    };
    let text = state.text.as_deref().unwrap_or_default();
    let first = shown(text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default());
    match &state.error {
        Some(why) => story.refused(format!("{name:<18}  {}", shown(why)))?,
        None => story.done(format!("{name:<18}  {pages:<7}  {first}"))?,
    }
    Ok(())
}

fn broken(promise: impl std::fmt::Display) -> Error {
    Error::refused(format!("the demo was to show {promise}, and it is not so"), "report this as a defect")
}
