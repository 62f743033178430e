//! The table `borrowers`.

use documents_domain::{BorrowerId, Confidence, Words};
use rust_decimal::Decimal;
use underpin::Table;

// The domain and the table must agree on these; a change on one side stops the build here.
const _: () = assert!(BorrowerId::LEN <= 36 && Words::MAX_CHARACTERS == 200);
const _: () = assert!(Confidence::PRECISION == 5 && Confidence::SCALE == 4);

/// A row of `borrowers`.
#[derive(Debug, Table)]
#[table(name = "borrowers")]
pub struct BorrowerRow {
    /// The id as text.
    #[column(primary_key, length = 36)]
    pub id: String,
    /// What they are called.
    #[column(index, length = 200)]
    pub name: String,
    /// Where they are called.
    #[column(length = 200)]
    pub phone: Option<String>,
    /// Where they are written to.
    #[column(length = 200)]
    pub email: Option<String>,
    /// Street and number.
    #[column(length = 200)]
    pub address_street: Option<String>,
    /// The town.
    #[column(length = 200)]
    pub address_city: Option<String>,
    /// The state or province.
    #[column(length = 200)]
    pub address_region: Option<String>,
    /// The postal code.
    #[column(length = 200)]
    pub address_postal_code: Option<String>,
    /// The country.
    #[column(length = 200)]
    pub address_country: Option<String>,
    /// How sure it is that all this is right. SQLite keeps it as a number of ten thousandths.
    #[column(
        precision = 5,
        scale = 4,
        check(
            name = "confidence",
            sql(postgres = "confidence BETWEEN 0 AND 1", sqlite = "confidence BETWEEN 0 AND 10000")
        )
    )]
    pub confidence: Decimal,
}
