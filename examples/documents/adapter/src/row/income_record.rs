//! The table `income_records`.

use documents_domain::{IncomeId, Money, Words};
use rust_decimal::Decimal;
use underpin::{ColumnEnum, Table};

use super::BorrowerRow;

// The domain and the table must agree on these; a change on one side stops the build here.
const _: () = assert!(IncomeId::LEN <= 36 && Words::MAX_CHARACTERS == 200);
const _: () = assert!(Money::PRECISION == 14 && Money::SCALE == 2);

/// A row of `income_records`. It goes when its borrower goes.
#[derive(Debug, Table)]
#[table(name = "income_records")]
pub struct IncomeRecordRow {
    /// The id as text.
    #[column(primary_key, length = 36)]
    pub id: String,
    /// Who earns it.
    #[column(length = 36, references = BorrowerRow::ID, on_delete = cascade, index)]
    pub borrower_id: String,
    /// How much, exactly.
    #[column(precision = 14, scale = 2, check = "amount >= 0")]
    pub amount: Decimal,
    /// For which length of time.
    pub period: PeriodLabel,
    /// In which year.
    pub year: i32,
    /// What it is for.
    #[column(length = 200)]
    pub source: String,
    /// Who pays it.
    #[column(length = 200)]
    pub employer: Option<String>,
}

/// The periods of the domain, as the database knows them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ColumnEnum)]
#[column_enum(name = "pay_period")]
pub enum PeriodLabel {
    /// Seven days.
    Week,
    /// Fourteen days.
    TwoWeeks,
    /// A month.
    Month,
    /// A year.
    Year,
}
