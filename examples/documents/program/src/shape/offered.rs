//! A borrower whom somebody offers as JSON: each field is read by the domain, and what it refuses names the field.

use std::fmt::{self, Display};

use documents_domain::{
    AccountKind, AccountNumber, Address, Borrower, Confidence, DocumentId, IncomeRecord, IncomeYear, Money,
    PageNumber, PayPeriod, Snippet, SourceReference, Words,
};
use serde::de::Error;
use serde::{Deserialize, Deserializer};
use serde_json::Value;
use underpin_axum::{from_text, optional_from_text};

use super::Object;

/// The most of each sort of thing that a borrower is offered with.
const MOST: usize = 200;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct OfferedBorrower {
    #[serde(deserialize_with = "from_text")]
    name: Words,
    #[serde(default, deserialize_with = "optional_from_text")]
    phone: Option<Words>,
    #[serde(default, deserialize_with = "optional_from_text")]
    email: Option<Words>,
    address: Option<Object<OfferedAddress>>,
    #[serde(deserialize_with = "from_text")]
    confidence: Confidence,
    #[serde(default)]
    incomes: Vec<Object<OfferedIncome>>,
    #[serde(default)]
    accounts: Vec<Object<OfferedAccount>>,
    #[serde(default)]
    sources: Vec<Object<OfferedSource>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct OfferedAddress {
    #[serde(default, deserialize_with = "optional_from_text")]
    street: Option<Words>,
    #[serde(default, deserialize_with = "optional_from_text")]
    city: Option<Words>,
    #[serde(default, deserialize_with = "optional_from_text")]
    region: Option<Words>,
    #[serde(default, deserialize_with = "optional_from_text")]
    postal_code: Option<Words>,
    #[serde(default, deserialize_with = "optional_from_text")]
    country: Option<Words>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct OfferedIncome {
    #[serde(deserialize_with = "from_text")]
    amount: Money,
    #[serde(deserialize_with = "from_text")]
    period: PayPeriod,
    #[serde(deserialize_with = "year")]
    year: IncomeYear,
    #[serde(deserialize_with = "from_text")]
    source: Words,
    #[serde(default, deserialize_with = "optional_from_text")]
    employer: Option<Words>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct OfferedAccount {
    #[serde(deserialize_with = "digits")]
    number: Digits,
    #[serde(deserialize_with = "from_text")]
    kind: AccountKind,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct OfferedSource {
    #[serde(deserialize_with = "from_text")]
    document: DocumentId,
    #[serde(deserialize_with = "page")]
    page: PageNumber,
    #[serde(default, deserialize_with = "optional_from_text")]
    section: Option<Words>,
    snippet: String,
}

/// The number of an account as it was offered. It is printed nowhere.
struct Digits(String);

impl fmt::Debug for Digits {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Digits(..)")
    }
}

/// A field of an offer that the domain refuses, and why.
#[derive(Debug)]
pub(crate) struct Refused {
    pub(crate) field: String,
    pub(crate) why: String,
}

impl OfferedBorrower {
    /// The borrower.
    ///
    /// # Errors
    /// Which field is refused.
    pub(crate) fn taken(self) -> Result<Borrower, Refused> {
        for (field, count) in [
            ("incomes", self.incomes.len()),
            ("accounts", self.accounts.len()),
            ("sources", self.sources.len()),
        ] {
            if count > MOST {
                return Err(refused(field, format!("there are more than {MOST}")));
            }
        }
        let mut borrower = Borrower::new(self.name, self.confidence);
        borrower.contact(self.phone, self.email, self.address.map(|Object(address)| address.taken()));
        for Object(OfferedIncome { amount, period, year, source, employer }) in self.incomes {
            borrower.add_income(IncomeRecord { amount, period, year, source, employer });
        }
        for (place, Object(OfferedAccount { number, kind })) in self.accounts.into_iter().enumerate() {
            let account = AccountNumber::new(&number.0, kind);
            borrower.add_account(account.map_err(|why| refused(&format!("accounts[{place}].number"), why))?);
        }
        for Object(OfferedSource { document, page, section, snippet }) in self.sources {
            borrower.add_source(SourceReference { document, page, section, snippet: Snippet::of(&snippet) });
        }
        Ok(borrower)
    }
}

impl OfferedAddress {
    fn taken(self) -> Address {
        let Self { street, city, region, postal_code, country } = self;
        Address { street, city, region, postal_code, country }
    }
}

fn refused(field: &str, why: impl Display) -> Refused {
    Refused { field: field.to_owned(), why: why.to_string() }
}

fn year<'de, D: Deserializer<'de>>(deserializer: D) -> Result<IncomeYear, D::Error> {
    i32::deserialize(deserializer)?.try_into().map_err(Error::custom)
}

fn page<'de, D: Deserializer<'de>>(deserializer: D) -> Result<PageNumber, D::Error> {
    u32::deserialize(deserializer)?.try_into().map_err(Error::custom)
}

/// A text; the message about anything else does not repeat it, as serde's own would.
fn digits<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Digits, D::Error> {
    match Value::deserialize(deserializer)? {
        Value::String(digits) => Ok(Digits(digits)),
        _ => Err(Error::custom("the number of an account is a text")),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn an_array_is_no_object() {
        for (place, value) in
            [("address", json!([null, null])), ("incomes", json!([["1", "week", 2000, "a", null]]))]
        {
            let mut offer = json!({ "name": "A", "confidence": "1" });
            offer[place] = value;
            let told = serde_json::from_value::<OfferedBorrower>(offer).expect_err(place).to_string();
            assert!(told.contains("expected an object"), "{told}");
        }
    }

    #[test]
    fn a_number_is_repeated_nowhere() {
        for number in [json!(9_876_543_210_u64), json!("98765 43210!"), json!({ "a": 9_876_543_210_u64 })] {
            let offer =
                json!({ "name": "A", "confidence": "1", "accounts": [{ "number": number, "kind": "loan" }] });
            let told = match serde_json::from_value::<OfferedBorrower>(offer) {
                Err(error) => error.to_string(),
                Ok(offer) => {
                    assert!(!format!("{offer:?}").contains("43210"));
                    let refused = offer.taken().expect_err("it is no number");
                    assert_eq!(refused.field, "accounts[0].number");
                    refused.why
                }
            };
            assert!(!told.contains("43210"), "{told}");
        }
    }
}
