//! What is written when a borrower is saved.

use documents_adapter::DocumentsStorage;
use documents_domain::{Borrower, BorrowerRepository, Repositories, Storage};

use crate::borrowers::{account, borrower, income, recorded, source, words};
use crate::stage::{kept, received};

/// Changes a borrower, tells what the unit of work would write, and writes it.
async fn plan(storage: &DocumentsStorage, id: String, change: impl FnOnce(&mut Borrower)) -> String {
    let mut uow = storage.database().begin().await.expect("the storage works");
    let mut borrower = uow.get::<Borrower>(id).await.expect("the storage works").expect("a borrower");
    change(&mut borrower);
    uow.save(&mut borrower).expect("it was got here");
    let plan = uow.plan().expect("a plan").to_string();
    uow.commit().await.expect("the database takes it in this order");
    let mut uow = storage.begin().await.expect("the storage works");
    assert_eq!(uow.borrowers().get(borrower.id()).await.expect("the storage works"), Some(borrower));
    plan
}

pub(crate) async fn only_what_changed_is_written_in_the_order_of_the_foreign_keys(
    storage: &DocumentsStorage,
) {
    let document = kept(storage, received("a.pdf", "a", 1)).await.id();
    let mut ana = borrower("Ana");
    let wrong = ana.add_income(income("1", 2020));
    ana.add_income(income("2", 2021));
    ana.add_account(account("12345678"));
    ana.add_source(source(document, 1));
    recorded(storage, &mut ana).await;
    let plan = plan(storage, ana.id().to_string(), |ana| {
        assert!(ana.remove_income(wrong));
        ana.trust(rust_decimal::Decimal::ONE.try_into().expect("a confidence"));
        ana.add_account(account("87654321"));
        ana.add_source(source(document, 2));
    });
    assert_eq!(
        plan.await,
        "DELETE income_records: 1 row\nUPDATE borrowers: 1 row, columns confidence\n\
         INSERT account_numbers: 1 row\nINSERT source_references: 1 row\n"
    );
}

pub(crate) async fn a_contact_alone_is_one_row(storage: &DocumentsStorage) {
    let mut ana = borrower("Ana");
    ana.add_income(income("1", 2020));
    recorded(storage, &mut ana).await;
    let id = ana.id().to_string();
    let phone = plan(storage, id.clone(), |ana| ana.contact(Some(words("1")), None, None)).await;
    assert_eq!(phone, "UPDATE borrowers: 1 row, columns phone\n");
    assert_eq!(plan(storage, id, |_| {}).await, "");
}
