//! The table `account_numbers`.

use std::fmt;

use documents_domain::{AccountId, AccountNumber};
use underpin::{CellError, Codec, ColumnEnum, Table};

use super::BorrowerRow;

// The domain and the table must agree on these; a change on one side stops the build here.
const _: () = assert!(AccountId::LEN <= 36 && AccountNumber::MAX_CHARACTERS == 34);

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
    /// The number, a secret.
    #[column(via = NumberColumn, length = 34)]
    pub number: NumberCell,
    /// What sort of account it is.
    pub kind: AccountKindLabel,
}

/// The number of an account on its way to the database and back. It is printed nowhere.
#[derive(Clone, PartialEq, Eq)]
pub struct NumberCell(pub(crate) String);

impl fmt::Debug for NumberCell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("NumberCell(..)")
    }
}

/// How a number is stored: as it is. Whoever encrypts it does so here, and nowhere else.
#[derive(Debug)]
pub struct NumberColumn;

impl Codec<NumberCell> for NumberColumn {
    type Stored = String;

    fn store(number: &NumberCell) -> String {
        number.0.clone()
    }

    fn load(stored: String) -> Result<NumberCell, CellError> {
        Ok(NumberCell(stored))
    }
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
