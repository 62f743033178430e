//! The marker of this program's database.

use documents_domain::Borrower;
use underpin::{Schema, SchemaBuilder, Store, aggregate};

use crate::row::{AccountNumberRow, BorrowerRow, DocumentRow, IncomeRecordRow, SourceReferenceRow};

/// The database of this program, as a type: `impl Entity<Db> for Document` says how a document is stored *here*.
#[derive(Debug, Clone, Copy)]
pub struct Db;

impl Store for Db {
    fn schema() -> SchemaBuilder {
        Schema::builder()
            .table::<DocumentRow>()
            .table::<BorrowerRow>()
            .table::<IncomeRecordRow>()
            .table::<AccountNumberRow>()
            .table::<SourceReferenceRow>()
            .verify(aggregate::<Self, Borrower>)
    }
}
