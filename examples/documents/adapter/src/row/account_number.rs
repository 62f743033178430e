//! The table `account_numbers`.

use documents_domain::AccountId;
use underpin::secrets::Encrypted;
use underpin::{ColumnEnum, Table};

use super::BorrowerRow;

// The domain and the table must agree on this; a change on one side stops the build here.
const _: () = assert!(AccountId::LEN <= 36);

/// A row of `account_numbers`. It goes when its borrower goes.
#[derive(Debug, Table)]
#[table(name = "account_numbers")]
pub struct AccountNumberRow {
    /// The id as text.
    #[column(primary_key, length = 36)]
    pub id: String,
    /// Whose it is.
    #[column(length = 36, references = BorrowerRow::ID, on_delete = cascade, index)]
    pub borrower_id: String,
    /// The number, a secret: its type sees to it that it is encrypted, for no plain one has a place here.
    pub number: Encrypted<String>,
    /// What sort of account it is.
    pub kind: AccountKindLabel,
}

/// The sorts of the domain, as the database knows them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ColumnEnum)]
#[column_enum(name = "account_kind")]
pub enum AccountKindLabel {
    /// For daily use.
    Checking,
    /// For saving.
    Savings,
    /// A loan.
    Loan,
}
