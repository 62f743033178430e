//! Borrowers with all that was read about them.

use documents_adapter::DocumentsStorage;
use documents_domain::{
    AccountKind, AccountNumber, Address, Borrower, BorrowerRepository, DocumentId, Failure, IncomeRecord,
    Paging, PayPeriod, Refusal, Repositories, Snippet, SourceReference, Storage, UnitOfWork, Words,
    record_borrower,
};
use rust_decimal::Decimal;

use crate::stage::{kept, received};

pub(crate) fn words(text: &str) -> Words {
    text.parse().expect(text)
}

pub(crate) fn borrower(name: &str) -> Borrower {
    Borrower::new(words(name), Decimal::new(9_875, 4).try_into().expect("a confidence"))
}

pub(crate) fn income(amount: &str, year: i32) -> IncomeRecord {
    IncomeRecord {
        amount: amount.parse().expect(amount),
        period: PayPeriod::TwoWeeks,
        year: year.try_into().expect("a year"),
        source: words("wages; 'quoted'"),
        employer: Some(words("Söhne & Co")),
    }
}

pub(crate) fn account(number: &str) -> AccountNumber {
    AccountNumber::new(number, AccountKind::Savings).expect(number)
}

pub(crate) fn source(document: DocumentId, page: u32) -> SourceReference {
    let page = page.try_into().expect("a page");
    SourceReference { document, page, section: None, snippet: Snippet::of("gross pay\n4,100.00") }
}

/// Takes in a borrower and commits.
pub(crate) async fn recorded(storage: &DocumentsStorage, borrower: &mut Borrower) {
    let mut uow = storage.begin().await.expect("the storage works");
    record_borrower(&mut uow, borrower).await.expect("it works");
    uow.commit().await.expect("it is kept");
}

pub(crate) async fn a_borrower_is_kept_with_all_they_have(storage: &DocumentsStorage) {
    let document = kept(storage, received("a.pdf", "a", 1)).await.id();
    let mut ana = borrower("Ana Ruiz");
    let address = Address { city: Some(words("León")), ..Address::default() };
    ana.contact(Some(words("+52 1")), None, Some(address));
    for (amount, year) in [("0.01", 1900), ("999999999999.99", 2100), ("0.01", 1900)] {
        ana.add_income(income(amount, year));
    }
    ana.add_account(account("12345678"));
    ana.add_source(source(document, 1));
    ana.add_source(source(document, 1_000_000));
    recorded(storage, &mut ana).await;
    let mut bare = borrower("Ben");
    bare.trust(Decimal::ZERO.try_into().expect("a confidence"));
    recorded(storage, &mut bare).await;

    let mut uow = storage.begin().await.expect("the storage works");
    let found = uow.borrowers().get(ana.id()).await.expect("the storage works");
    assert_eq!(found, Some(ana.clone()));
    let all = uow.borrowers().list(Paging::default()).await.expect("the storage works");
    assert_eq!(all, [ana, bare]);
}

pub(crate) async fn borrowers_load_in_as_many_statements_whatever_they_have(storage: &DocumentsStorage) {
    let document = kept(storage, received("a.pdf", "a", 1)).await.id();
    let mut ids = Vec::new();
    for size in [1, 20] {
        let mut borrower = borrower(&format!("B{size}"));
        for number in 1..=size {
            borrower.add_income(income("1", 2000));
            borrower.add_account(account(&format!("{:08}", number)));
            borrower.add_source(source(document, number));
        }
        recorded(storage, &mut borrower).await;
        ids.push(borrower.id());
    }
    for id in ids {
        let get = async {
            let mut uow = storage.begin().await?;
            uow.borrowers().get(id).await
        };
        let got = storage.database().expect_statements(4, get).await.expect("four statements");
        assert!(got.expect("the storage works").is_some());
    }
    let list = async {
        let mut uow = storage.begin().await?;
        uow.borrowers().list(Paging::default()).await
    };
    let list = storage.database().expect_statements(4, list).await.expect("four statements");
    let sizes: Vec<_> =
        list.expect("the storage works").iter().map(|borrower| borrower.state().sources.len()).collect();
    assert_eq!(sizes, [1, 20]);
}

pub(crate) async fn a_source_names_a_document_that_is_there(storage: &DocumentsStorage) {
    let nowhere = DocumentId::new();
    let mut ana = borrower("Ana");
    ana.add_source(source(nowhere, 1));
    let mut uow = storage.begin().await.expect("the storage works");
    let told = record_borrower(&mut uow, &mut ana).await;
    assert!(
        matches!(told, Err(Failure::Refused(Refusal::DocumentNotFound(id))) if id == nowhere),
        "{told:?}"
    );
    // The database says the same to who does not ask first.
    let told = uow.borrowers().add(&mut ana).await;
    let is_refused = |error: &underpin::Error| error.is_foreign_key_violation();
    match told {
        Err(Failure::Outside(documents_adapter::StorageError::Database(error))) => {
            assert!(is_refused(&error), "{error}");
        }
        // SQLite and the store in memory may look at it when the transaction ends.
        other => panic!("{other:?}"),
    }
}
