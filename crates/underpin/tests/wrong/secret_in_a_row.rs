//! A plain secret in a row: its column would be readable.

use underpin::Table;
use underpin::secrets::Secret;

#[derive(Table)]
#[table(name = "patients")]
struct PatientRow {
    #[column(primary_key)]
    id: String,
    phone: Secret<String>,
}

fn main() {}
