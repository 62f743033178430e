//! The borrower of the demo, with what was read about her.

use std::path::Path;

use documents_adapter::DocumentsStorage;
use documents_domain::{
    AccountKind, AccountNumber, Borrower, BorrowerRepository, IncomeRecord, PayPeriod, Repositories, Snippet,
    SourceReference, Storage, UnitOfWork, record_borrower,
};

use super::broken;
use super::story::Story;
use crate::error::Error;
use documents_domain::{DocumentRepository, Listing, Paging};

/// A borrower is recorded, and a mistake in what was read is mended.
pub(super) async fn somebody_is_recorded(
    storage: &DocumentsStorage,
    new_keys: Option<&Path>,
    story: &mut Story,
) -> Result<(), Error> {
    story.step("Record a borrower with two incomes, an account, and where that was read")?;
    match new_keys {
        Some(path) => story.done(format!(
            "a new key is in {}, which its owner alone may read (mode 0600)",
            path.display()
        ))?,
        None => story.done("the key is the one that is configured")?,
    }
    let mut ana = Borrower::new("Ana Ruiz".parse().map_err(broken)?, "0.95".parse().map_err(broken)?);
    let wrong = ana.add_income(income("41000.00")?);
    ana.add_income(income("4100.00")?);
    ana.add_account(AccountNumber::new("0000111122", AccountKind::Checking).map_err(broken)?);
    let mut uow = storage.begin().await?;
    let listing = Listing { status: None, paging: Paging::default() };
    if let Some(document) = uow.documents().list_documents(listing).await?.first() {
        let page = 1.try_into().map_err(broken)?;
        let snippet = Snippet::of("Gross pay: 4,100.00");
        ana.add_source(SourceReference { document: document.id(), page, section: None, snippet });
    }
    record_borrower(&mut uow, &mut ana).await?;
    uow.commit().await?;
    for account in &ana.state().accounts {
        story.done(format!("account {}, and no more of it is printed anywhere", account.what))?;
    }

    story.step("One income was read wrongly: what is written is the difference")?;
    let mut uow = storage.database().begin().await?;
    let mut found = uow.get::<Borrower>(ana.id().to_string()).await?.ok_or_else(|| broken("a borrower"))?;
    found.remove_income(wrong);
    found.trust("1".parse().map_err(broken)?);
    uow.save(&mut found)?;
    for line in uow.plan()?.to_string().lines() {
        story.done(line)?;
    }
    uow.commit().await?;
    let mut uow = storage.begin().await?;
    match uow.borrowers().get(ana.id()).await? {
        Some(kept) if kept == found => Ok(()),
        _ => Err(broken("that what is kept is what was saved")),
    }
}

fn income(amount: &str) -> Result<IncomeRecord, Error> {
    Ok(IncomeRecord {
        amount: amount.parse().map_err(broken)?,
        period: PayPeriod::Month,
        year: 2025.try_into().map_err(broken)?,
        source: "wages".parse().map_err(broken)?,
        employer: Some("Example Works Ltd".parse().map_err(broken)?),
    })
}
