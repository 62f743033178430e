//! How a borrower is stored: a row of their own, and one for each thing that was read about them.

use documents_domain::{Address, Borrower, BorrowerState, Words};
use underpin::{Aggregate, Events, HasMany, MappingError};

use super::parts;
use crate::Db;
use crate::row::{AccountNumberRow, BorrowerRow, IncomeRecordRow, SourceReferenceRow};

impl Aggregate<Db> for Borrower {
    type Row = BorrowerRow;
    type Parts = (HasMany<IncomeRecordRow>, HasMany<AccountNumberRow>, HasMany<SourceReferenceRow>);

    fn to_rows(&self) -> (BorrowerRow, Self::Parts) {
        let BorrowerState { id, name, phone, email, address, confidence, incomes, accounts, sources } =
            self.state();
        let Address { street, city, region, postal_code, country } = address.clone().unwrap_or_default();
        let row = BorrowerRow {
            id: id.to_string(),
            name: name.to_string(),
            phone: text(phone.as_ref()),
            email: text(email.as_ref()),
            address_street: text(street.as_ref()),
            address_city: text(city.as_ref()),
            address_region: text(region.as_ref()),
            address_postal_code: text(postal_code.as_ref()),
            address_country: text(country.as_ref()),
            confidence: confidence.score(),
        };
        let incomes = incomes.iter().map(|income| parts::income_row(*id, income)).collect();
        let accounts = accounts.iter().map(|account| parts::account_row(*id, account)).collect();
        let sources = sources.iter().map(|source| parts::source_row(*id, source)).collect();
        (row, (incomes, accounts, sources))
    }

    fn from_rows(row: BorrowerRow, (incomes, accounts, sources): Self::Parts) -> Result<Self, MappingError> {
        let BorrowerRow {
            id,
            name,
            phone,
            email,
            address_street,
            address_city,
            address_region,
            address_postal_code,
            address_country,
            confidence,
        } = row;
        let address = Address {
            street: words(address_street)?,
            city: words(address_city)?,
            region: words(address_region)?,
            postal_code: words(address_postal_code)?,
            country: words(address_country)?,
        };
        Ok(Self::restore(BorrowerState {
            id: id.parse()?,
            name: name.parse()?,
            phone: words(phone)?,
            email: words(email)?,
            address: Some(address).filter(|address| *address != Address::default()),
            confidence: confidence.try_into()?,
            incomes: incomes.into_iter().map(parts::income_of).collect::<Result<_, _>>()?,
            accounts: accounts.into_iter().map(parts::account_of).collect::<Result<_, _>>()?,
            sources: sources.into_iter().map(parts::source_of).collect::<Result<_, _>>()?,
        }))
    }
}

/// Nobody is told of a borrower.
impl Events<Db> for Borrower {}

fn text(words: Option<&Words>) -> Option<String> {
    words.map(Words::to_string)
}

fn words(text: Option<String>) -> Result<Option<Words>, MappingError> {
    Ok(text.as_deref().map(str::parse).transpose()?)
}
