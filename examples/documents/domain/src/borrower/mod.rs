//! A borrower, with all that was read about them.

mod account_number;
mod address;
mod confidence;
mod entry;
mod income_record;
mod money;
mod source_reference;

use underpin_id::{Id, Prefix};

pub use self::account_number::{
    AccountId, AccountKind, AccountNumber, InvalidAccountKind, InvalidAccountNumber,
};
pub use self::address::Address;
pub use self::confidence::{Confidence, InvalidConfidence};
pub use self::entry::Entry;
pub use self::income_record::{
    IncomeId, IncomeRecord, IncomeYear, InvalidIncomeYear, InvalidPayPeriod, PayPeriod,
};
pub use self::money::{InvalidMoney, Money};
pub use self::source_reference::{InvalidPageNumber, PageNumber, Snippet, SourceId, SourceReference};
use crate::Words;

/// The id of a borrower: `borrower_` and 26 letters and digits.
pub type BorrowerId = Id<Borrower>;

/// A borrower, with all that was read about them: one aggregate, saved as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Borrower(BorrowerState);

/// All that a borrower is made of, for whoever keeps it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BorrowerState {
    /// Their id.
    pub id: BorrowerId,
    /// What they are called.
    pub name: Words,
    /// Where they are called.
    pub phone: Option<Words>,
    /// Where they are written to.
    pub email: Option<Words>,
    /// Where they live.
    pub address: Option<Address>,
    /// How sure it is that all this is right.
    pub confidence: Confidence,
    /// What they earn, in the order in which it was read.
    pub incomes: Vec<Entry<IncomeRecord>>,
    /// Their accounts, in the order in which they were read.
    pub accounts: Vec<Entry<AccountNumber>>,
    /// Where all this was read.
    pub sources: Vec<Entry<SourceReference>>,
}

impl Prefix for Borrower {
    const PREFIX: &'static str = "borrower";
}

impl Borrower {
    /// Somebody of whom only the name was read.
    #[must_use]
    pub fn new(name: Words, confidence: Confidence) -> Self {
        Self(BorrowerState {
            id: BorrowerId::new(),
            name,
            phone: None,
            email: None,
            address: None,
            confidence,
            incomes: Vec::new(),
            accounts: Vec::new(),
            sources: Vec::new(),
        })
    }

    /// A borrower that was kept.
    #[must_use]
    pub fn restore(state: BorrowerState) -> Self {
        Self(state)
    }

    /// All that they are made of.
    #[must_use]
    pub fn state(&self) -> &BorrowerState {
        &self.0
    }

    /// Their id.
    #[must_use]
    pub fn id(&self) -> BorrowerId {
        self.0.id
    }

    /// How sure it is that all this is right.
    pub fn trust(&mut self, confidence: Confidence) {
        self.0.confidence = confidence;
    }

    /// How they are reached; what is not said is forgotten.
    pub fn contact(&mut self, phone: Option<Words>, email: Option<Words>, address: Option<Address>) {
        self.0.phone = phone;
        self.0.email = email;
        self.0.address = address.filter(|address| *address != Address::default());
    }

    /// Another income was read, perhaps one that says the same as another.
    pub fn add_income(&mut self, income: IncomeRecord) -> IncomeId {
        let entry = Entry::new(income);
        let id = entry.id;
        self.0.incomes.push(entry);
        id
    }

    /// An income was read wrongly; tells whether it was there.
    pub fn remove_income(&mut self, id: IncomeId) -> bool {
        let before = self.0.incomes.len();
        self.0.incomes.retain(|known| known.id != id);
        self.0.incomes.len() < before
    }

    /// Another account was read; one that is known already is not added again.
    pub fn add_account(&mut self, account: AccountNumber) {
        if !self.0.accounts.iter().any(|known| known.what == account) {
            self.0.accounts.push(Entry::new(account));
        }
    }

    /// Where something of this was read; a place that is known already is not added again.
    pub fn add_source(&mut self, source: SourceReference) {
        if !self.0.sources.iter().any(|known| known.what == source) {
            self.0.sources.push(Entry::new(source));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn borrower() -> Borrower {
        let confidence = rust_decimal::Decimal::ONE.try_into().expect("a confidence");
        Borrower::new("Ana Ruiz".parse().expect("a name"), confidence)
    }

    #[test]
    fn what_is_known_is_not_added_again() {
        let mut ana = borrower();
        let account = AccountNumber::new("12345678", AccountKind::Loan).expect("a number");
        ana.add_account(account.clone());
        ana.add_account(account);
        assert_eq!(ana.state().accounts.len(), 1);
        let income = IncomeRecord {
            amount: "4100".parse().expect("an amount"),
            period: PayPeriod::Month,
            year: 2025.try_into().expect("a year"),
            source: "wages".parse().expect("words"),
            employer: None,
        };
        let (first, second) = (ana.add_income(income.clone()), ana.add_income(income));
        assert!(first < second && ana.remove_income(first) && !ana.remove_income(first));
        assert_eq!(ana.state().incomes.len(), 1);
    }

    #[test]
    fn an_address_that_says_nothing_is_none() {
        let mut ana = borrower();
        ana.contact(None, None, Some(Address::default()));
        assert_eq!(ana.state().address, None);
    }
}
