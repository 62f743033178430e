//! The tables, one struct each.

mod account_number;
mod borrower;
mod document;
mod income_record;
mod source_reference;

pub use account_number::{AccountKindLabel, AccountNumberRow};
pub use borrower::BorrowerRow;
pub use document::{DocumentRow, KindLabel, StatusLabel};
pub use income_record::{IncomeRecordRow, PeriodLabel};
pub use source_reference::SourceReferenceRow;
