//! `documents borrowers`: borrowers, and what was read about them.

use std::fs;
use std::io::{self, Read};
use std::path::Path;

use documents_adapter::DocumentsStorage;
use documents_domain::{
    Borrower, BorrowerRepository, Failure, Refusal, Repositories, Storage, UnitOfWork, record_borrower,
};
use serde_json::json;

use super::paging;
use crate::cli::{Borrowers, Part};
use crate::error::{End, Error};
use crate::output::{self, Column, Listing, shown};
use crate::shape::{BorrowerShape, Object, OfferedBorrower};

const COLUMNS: [Column; 5] = [
    Column::new("ID", 35),
    Column::right("CONFIDENCE", 10),
    Column::right("INCOMES", 7),
    Column::right("ACCOUNTS", 8),
    Column::last("NAME"),
];

pub(crate) async fn run<F: Future<Output = Result<DocumentsStorage, Error>>>(
    open: impl FnOnce() -> F,
    asked: Borrowers,
) -> Result<End, Error> {
    match asked {
        Borrowers::List(part) => {
            let paging = paging(&part)?;
            let mut uow = open().await?.begin().await?;
            list(&uow.borrowers().list(paging).await?, &part)?;
        }
        Borrowers::Show { id } => {
            let mut uow = open().await?.begin().await?;
            let borrower = uow.borrowers().get(id).await?;
            let borrower = borrower.ok_or(Failure::Refused(Refusal::BorrowerNotFound(id)))?;
            output::json(&BorrowerShape::from(&borrower))?;
        }
        Borrowers::Add { file } => {
            let mut borrower = read(&file)?;
            let mut uow = open().await?.begin().await?;
            record_borrower(&mut uow, &mut borrower).await?;
            uow.commit().await?;
            output::line(&borrower.id().to_string())?;
        }
    }
    Ok(End::Done)
}

fn list(borrowers: &[Borrower], part: &Part) -> Result<(), Error> {
    let mut listing = Listing::begin(part.format, &COLUMNS)?;
    borrowers
        .iter()
        .try_for_each(|borrower| listing.push(|| cells(borrower), || json!(BorrowerShape::from(borrower))))?;
    Ok(listing.end()?)
}

fn cells(borrower: &Borrower) -> [String; 5] {
    let state = borrower.state();
    [
        state.id.to_string(),
        state.confidence.to_string(),
        state.incomes.len().to_string(),
        state.accounts.len().to_string(),
        shown(state.name.as_str()),
    ]
}

/// The borrower of a file. No message repeats what is in it, but for the names of its fields.
fn read(file: &Path) -> Result<Borrower, Error> {
    let name = if file == Path::new("-") { "standard input".to_owned() } else { file.display().to_string() };
    let content = match file == Path::new("-") {
        true => {
            let mut content = String::new();
            io::stdin().lock().read_to_string(&mut content).map(|_| content)
        }
        false => fs::read_to_string(file),
    };
    let content = content.map_err(|error| {
        Error::mistake(format!("{name} cannot be read: {error}"), "name a JSON file, or -")
    })?;
    let wrong = |why: String| {
        Error::mistake(format!("{name}: {why}"), "write it as `POST /borrowers` takes it; see the README")
    };
    let Object(offered): Object<OfferedBorrower> =
        serde_json::from_str(&content).map_err(|error| wrong(format!("it is no borrower: {error}")))?;
    offered.taken().map_err(|refused| wrong(format!("{}: {}", refused.field, refused.why)))
}
