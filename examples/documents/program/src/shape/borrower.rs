//! A borrower as JSON. Of the number of an account the last four characters are shown, and no more.

use documents_domain::{
    AccountNumber, Address, Borrower, BorrowerState, Entry, IncomeRecord, SourceReference, Words,
};
use serde::Serialize;

#[derive(Debug, Serialize)]
pub(crate) struct BorrowerShape {
    id: String,
    name: String,
    phone: Option<String>,
    email: Option<String>,
    address: Option<AddressShape>,
    confidence: String,
    incomes: Vec<IncomeShape>,
    accounts: Vec<AccountShape>,
    sources: Vec<SourceShape>,
}

#[derive(Debug, Serialize)]
struct AddressShape {
    street: Option<String>,
    city: Option<String>,
    region: Option<String>,
    postal_code: Option<String>,
    country: Option<String>,
}

#[derive(Debug, Serialize)]
struct IncomeShape {
    id: String,
    amount: String,
    period: &'static str,
    year: i32,
    source: String,
    employer: Option<String>,
}

#[derive(Debug, Serialize)]
struct AccountShape {
    id: String,
    number: String,
    kind: &'static str,
}

#[derive(Debug, Serialize)]
struct SourceShape {
    id: String,
    document: String,
    page: u32,
    section: Option<String>,
    snippet: String,
}

impl From<&Borrower> for BorrowerShape {
    fn from(borrower: &Borrower) -> Self {
        let BorrowerState { id, name, phone, email, address, confidence, incomes, accounts, sources } =
            borrower.state();
        Self {
            id: id.to_string(),
            name: name.to_string(),
            phone: text(phone.as_ref()),
            email: text(email.as_ref()),
            address: address.as_ref().map(AddressShape::from),
            confidence: confidence.to_string(),
            incomes: incomes.iter().map(IncomeShape::from).collect(),
            accounts: accounts.iter().map(AccountShape::from).collect(),
            sources: sources.iter().map(SourceShape::from).collect(),
        }
    }
}

impl From<&Address> for AddressShape {
    fn from(Address { street, city, region, postal_code, country }: &Address) -> Self {
        Self {
            street: text(street.as_ref()),
            city: text(city.as_ref()),
            region: text(region.as_ref()),
            postal_code: text(postal_code.as_ref()),
            country: text(country.as_ref()),
        }
    }
}

impl From<&Entry<IncomeRecord>> for IncomeShape {
    fn from(Entry { id, what }: &Entry<IncomeRecord>) -> Self {
        let IncomeRecord { amount, period, year, source, employer } = what;
        Self {
            id: id.to_string(),
            amount: amount.to_string(),
            period: period.as_str(),
            year: year.get(),
            source: source.to_string(),
            employer: text(employer.as_ref()),
        }
    }
}

impl From<&Entry<AccountNumber>> for AccountShape {
    fn from(Entry { id, what }: &Entry<AccountNumber>) -> Self {
        Self { id: id.to_string(), number: what.to_string(), kind: what.kind().as_str() }
    }
}

impl From<&Entry<SourceReference>> for SourceShape {
    fn from(Entry { id, what }: &Entry<SourceReference>) -> Self {
        let SourceReference { document, page, section, snippet } = what;
        Self {
            id: id.to_string(),
            document: document.to_string(),
            page: page.get(),
            section: text(section.as_ref()),
            snippet: snippet.as_str().to_owned(),
        }
    }
}

fn text(words: Option<&Words>) -> Option<String> {
    words.map(Words::to_string)
}
