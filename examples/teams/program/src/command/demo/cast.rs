//! Who and what the demo shows: names that no other run of it has taken.

use std::collections::BTreeMap;
use std::fmt::Display;
use std::str::FromStr;

use teams_domain::{
    Attribute, Attributes, Description, FoundRepository, ItemDraft, ItemKind, Slug, Storage, User, UserId,
    add_user,
};

use crate::error::Error;

/// The ending of all addresses and slugs of one run.
pub(super) struct Cast(String);

impl Cast {
    pub(super) fn new() -> Self {
        let id = UserId::new().to_string();
        // The random end of an id: small letters and digits.
        Self(id.chars().skip(id.chars().count().saturating_sub(6)).collect())
    }

    /// The team.
    pub(super) fn slug(&self) -> Result<Slug, Error> {
        parsed(&format!("shop-{}", self.0))
    }

    /// Somebody new.
    pub(super) async fn user<S: Storage<Error = underpin::Error>>(
        &self,
        storage: &S,
        name: &str,
    ) -> Result<User, Error> {
        let email = format!("{}.{}@example.org", name.to_lowercase(), self.0);
        Ok(add_user(storage, parsed(name)?, parsed(&email)?).await?)
    }

    /// A service with what else is said of it.
    pub(super) fn till(&self) -> Result<ItemDraft, Error> {
        let tags = ["payments", "pci"].map(|tag| Attribute::Text(tag.to_owned()));
        let attributes = [("tier", Attribute::Number(1)), ("tags", Attribute::List(tags.into()))];
        let attributes: BTreeMap<_, _> =
            attributes.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        Ok(ItemDraft {
            name: parsed("till")?,
            kind: ItemKind::Service,
            description: parsed("Takes the money.")?,
            repository: parsed(&self.url("till"))?,
            attributes: Attributes::try_from(attributes).map_err(broken)?,
        })
    }

    /// What the code host knows.
    pub(super) fn repositories(&self) -> Result<Vec<FoundRepository>, Error> {
        let found = |name: &str| {
            let description: Description = parsed("")?;
            Ok(FoundRepository { name: parsed(name)?, description, url: parsed(&self.url(name))? })
        };
        ["till", "receipts", "barcodes"].into_iter().map(found).collect()
    }

    fn url(&self, name: &str) -> String {
        format!("https://git.example.org/{}/{name}", self.0)
    }
}

fn parsed<T: FromStr<Err: Display>>(text: &str) -> Result<T, Error> {
    text.parse().map_err(broken)
}

/// That the demo does not hold what it says.
pub(super) fn broken(promise: impl Display) -> Error {
    Error::refused(format!("the demo was to show {promise}, and it is not so"), "report this as a defect")
}
