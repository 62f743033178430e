//! The numbers of accounts are kept so that nobody reads or moves them who only has the database.

use documents_adapter::row::AccountNumberRow;
use documents_adapter::{Db, DocumentsStorage, StorageError};
use documents_domain::{Borrower, BorrowerId, BorrowerRepository, Failure, Repositories, Storage};
use underpin::prelude::*;
use underpin::secrets::{Encrypted, Envelope};
use underpin::{Events, MappingError, Table};

use crate::borrowers::{account, borrower, recorded};

/// A row as it stands in the database, for whoever tampers with it.
#[derive(Debug)]
struct Stored(AccountNumberRow);

impl Entity<Db> for Stored {
    type Row = AccountNumberRow;

    fn to_row(&self) -> AccountNumberRow {
        self.0.duplicate()
    }

    fn from_row(row: AccountNumberRow) -> Result<Self, MappingError> {
        Ok(Self(row))
    }
}

impl Events<Db> for Stored {}

async fn rows(storage: &DocumentsStorage) -> Vec<AccountNumberRow> {
    let rows = storage.database().select::<Stored>().order_by(AccountNumberRow::ID.asc()).all().await;
    rows.expect("the storage works").into_iter().map(|Stored(row)| row).collect()
}

async fn envelopes(storage: &DocumentsStorage) -> Vec<Vec<u8>> {
    let envelope = |row: &AccountNumberRow| row.number.envelope().expect("it was read").to_vec();
    rows(storage).await.iter().map(envelope).collect()
}

/// Changes a row behind the program's back.
async fn tampered(storage: &DocumentsStorage, id: &str, change: impl FnOnce(&mut AccountNumberRow)) {
    let mut uow = storage.database().begin().await.expect("the storage works");
    let mut row = uow.get::<Stored>(id).await.expect("the storage works").expect("a row");
    change(&mut row.0);
    uow.save(&mut row).expect("it was got here");
    uow.commit().await.expect("nothing forbids it");
}

async fn got(storage: &DocumentsStorage, id: BorrowerId) -> Result<Option<Borrower>, Failure<StorageError>> {
    storage.begin().await?.borrowers().get(id).await
}

/// That a borrower cannot be read, for a number of theirs belongs elsewhere; the error does not tell it.
async fn assert_refused(storage: &DocumentsStorage, id: BorrowerId) {
    match got(storage, id).await {
        Err(Failure::Outside(StorageError::Database(error))) => {
            let told = format!("{error} {error:?}");
            assert!(told.contains("cannot decrypt documents.account_number"), "{told}");
            assert!(!told.contains("5678") && !told.contains("4321"), "{told}");
        }
        other => panic!("{other:?}"),
    }
}

pub(crate) async fn a_number_is_stored_encrypted_and_none_shows_its_length(storage: &DocumentsStorage) {
    let mut ana = borrower("Ana");
    let numbers = ["1234", "12345678", "DE02120300000000202051", "ABCDEFGHIJKLMNOPQRSTUVWXYZ01234567"];
    for number in numbers {
        ana.add_account(account(number));
    }
    recorded(storage, &mut ana).await;
    assert_eq!(got(storage, ana.id()).await.expect("the storage works"), Some(ana));
    let envelopes = envelopes(storage).await;
    assert_eq!(envelopes.len(), numbers.len());
    for (envelope, number) in envelopes.iter().zip(numbers) {
        assert_eq!(Envelope::parse(envelope).expect("an envelope").key_id(), 1);
        assert!(!envelope.windows(number.len()).any(|part| part == number.as_bytes()), "{number}");
        assert_eq!(envelope.len(), envelopes[0].len(), "{number}");
    }
}

pub(crate) async fn the_same_number_of_two_borrowers_does_not_look_the_same(storage: &DocumentsStorage) {
    for name in ["Ana", "Ben"] {
        let mut borrower = borrower(name);
        borrower.add_account(account("12345678"));
        recorded(storage, &mut borrower).await;
    }
    let envelopes = envelopes(storage).await;
    assert!(envelopes.len() == 2 && envelopes[0] != envelopes[1]);
}

pub(crate) async fn a_number_is_worth_nothing_elsewhere(storage: &DocumentsStorage) {
    let (mut ana, mut ben) = (borrower("Ana"), borrower("Ben"));
    ana.add_account(account("12345678"));
    ana.add_account(account("87654321"));
    recorded(storage, &mut ana).await;
    recorded(storage, &mut ben).await;
    let kept = rows(storage).await;
    let [first, second] = &kept[..] else { panic!("two rows: {kept:?}") };

    // The value in another row of the same borrower.
    tampered(storage, &first.id, |row| row.number = second.number.clone()).await;
    assert_refused(storage, ana.id()).await;
    tampered(storage, &first.id, |row| row.number = first.number.clone()).await;
    assert_eq!(got(storage, ana.id()).await.expect("it is whole again"), Some(ana.clone()));

    // The row, as it is, given to another borrower.
    tampered(storage, &first.id, |row| row.borrower_id = ben.id().to_string()).await;
    assert_refused(storage, ben.id()).await;
    let others = got(storage, ana.id()).await.expect("hers can be read").expect("Ana");
    assert_eq!(others.state().accounts, ana.state().accounts[1..]);
    tampered(storage, &first.id, |row| row.borrower_id = ana.id().to_string()).await;
    assert_eq!(got(storage, ben.id()).await.expect("it is whole again"), Some(ben));

    // The value with one bit turned.
    let mut altered = first.number.envelope().expect("it was read").to_vec();
    altered[30] ^= 1;
    tampered(storage, &first.id, |row| row.number = Encrypted::from_envelope(altered)).await;
    assert_refused(storage, ana.id()).await;
}

pub(crate) async fn a_number_that_is_not_changed_is_not_written(storage: &DocumentsStorage) {
    let mut ana = borrower("Ana");
    ana.add_account(account("12345678"));
    recorded(storage, &mut ana).await;
    let before = envelopes(storage).await;
    for _ in 0..2 {
        let mut uow = storage.database().begin().await.expect("the storage works");
        let id = ana.id().to_string();
        let mut found = uow.get::<Borrower>(id).await.expect("the storage works").expect("Ana");
        uow.save(&mut found).expect("it was got here");
        assert_eq!(uow.plan().expect("a plan").to_string(), "");
        uow.commit().await.expect("there is nothing to do");
    }
    assert_eq!(envelopes(storage).await, before);
}
