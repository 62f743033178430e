//! A borrower, with all that was read about them.

mod account_number;
mod address;
mod confidence;
mod income_record;
mod source_reference;

use underpin_id::{Id, Prefix};

pub use self::account_number::{AccountKind, AccountNumber, InvalidAccountKind, InvalidAccountNumber};
pub use self::address::Address;
pub use self::confidence::{Confidence, InvalidConfidence};
pub use self::income_record::{IncomeRecord, InvalidPayPeriod, PayPeriod};
pub use self::source_reference::SourceReference;

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
    pub name: String,
    /// Where they are called.
    pub phone: Option<String>,
    /// Where they are written to.
    pub email: Option<String>,
    /// Where they live.
    pub address: Option<Address>,
    /// How sure it is that all this is right.
    pub confidence: Confidence,
    /// What they earn, in the order in which it was read.
    pub incomes: Vec<IncomeRecord>,
    /// Their accounts, in the order in which they were read.
    pub accounts: Vec<AccountNumber>,
    /// Where all this was read.
    pub sources: Vec<SourceReference>,
}

impl Prefix for Borrower {
    const PREFIX: &'static str = "borrower";
}

impl Borrower {
    /// Somebody of whom only the name was read.
    #[must_use]
    pub fn new(name: String, confidence: Confidence) -> Self {
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

    /// How they are reached; what is not said is forgotten.
    pub fn contact(&mut self, phone: Option<String>, email: Option<String>, address: Option<Address>) {
        self.0.phone = phone;
        self.0.email = email;
        self.0.address = address;
    }

    /// Another income was read.
    pub fn add_income(&mut self, income: IncomeRecord) {
        self.0.incomes.push(income);
    }

    /// An income was read wrongly; tells whether it was there.
    pub fn remove_income(&mut self, income: &IncomeRecord) -> bool {
        let before = self.0.incomes.len();
        self.0.incomes.retain(|known| known != income);
        self.0.incomes.len() < before
    }

    /// Another account was read; one that is known already is not added again.
    pub fn add_account(&mut self, account: AccountNumber) {
        if !self.0.accounts.contains(&account) {
            self.0.accounts.push(account);
        }
    }

    /// Where something of this was read.
    pub fn add_source(&mut self, source: SourceReference) {
        if !self.0.sources.contains(&source) {
            self.0.sources.push(source);
        }
    }
}
