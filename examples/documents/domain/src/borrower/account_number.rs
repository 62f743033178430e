//! The number of an account: a secret.

use std::fmt;
use std::str::FromStr;

use underpin_id::{Id, Prefix};

/// The id of an account: `account_` and 26 letters and digits.
pub type AccountId = Id<AccountNumber>;

/// The number of an account. Neither `Debug` nor `Display` shows more than its last four characters.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct AccountNumber {
    number: String,
    kind: AccountKind,
}

impl Prefix for AccountNumber {
    const PREFIX: &'static str = "account";
}

impl AccountNumber {
    /// The most characters that it may have.
    pub const MAX_CHARACTERS: usize = 34;

    /// A number of 4 to 34 letters and digits; white space and hyphens in it are left out.
    ///
    /// # Errors
    /// If it is no such number.
    pub fn new(number: &str, kind: AccountKind) -> Result<Self, InvalidAccountNumber> {
        let number: String = number.chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
        let fits = (4..=Self::MAX_CHARACTERS).contains(&number.len())
            && number.bytes().all(|byte| byte.is_ascii_alphanumeric());
        if fits { Ok(Self { number, kind }) } else { Err(InvalidAccountNumber) }
    }

    /// The number itself, for whoever keeps it.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.number
    }

    /// What sort of account it is.
    #[must_use]
    pub fn kind(&self) -> AccountKind {
        self.kind
    }
}

impl fmt::Display for AccountNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = if self.number.len() >= 8 { self.number.len() - 4 } else { self.number.len() };
        write!(f, "…{}", self.number.get(shown..).unwrap_or_default())
    }
}

impl fmt::Debug for AccountNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "AccountNumber({self}, {:?})", self.kind)
    }
}

/// What sort of account it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AccountKind {
    /// For daily use.
    Checking,
    /// For saving.
    Savings,
    /// A loan.
    Loan,
}

impl AccountKind {
    /// Each of them.
    pub const ALL: [Self; 3] = [Self::Checking, Self::Savings, Self::Loan];

    /// The sort in a word.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Checking => "checking",
            Self::Savings => "savings",
            Self::Loan => "loan",
        }
    }
}

impl FromStr for AccountKind {
    type Err = InvalidAccountKind;

    fn from_str(text: &str) -> Result<Self, InvalidAccountKind> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text).ok_or(InvalidAccountKind)
    }
}

/// That a text is no sort of account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InvalidAccountKind;

impl fmt::Display for InvalidAccountKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an account is checking, savings or loan")
    }
}

impl std::error::Error for InvalidAccountKind {}

/// That a text is no number of an account. It does not repeat the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InvalidAccountNumber;

impl fmt::Display for InvalidAccountNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the number of an account has 4 to 34 letters and digits")
    }
}

impl std::error::Error for InvalidAccountNumber {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_not_shown() {
        let account = AccountNumber::new("12-3456 7890", AccountKind::Savings).expect("a number");
        assert_eq!(account.expose(), "1234567890");
        assert_eq!(
            (account.to_string(), format!("{account:?}")),
            ("…7890".to_owned(), "AccountNumber(…7890, Savings)".to_owned())
        );
        let short = AccountNumber::new("1234", AccountKind::Loan).expect("a number");
        assert_eq!(short.to_string(), "…");
    }

    #[test]
    fn anything_else_is_no_number() {
        for text in ["", "123", "12 3", "1234;", "ü234", &"1".repeat(35)] {
            assert_eq!(AccountNumber::new(text, AccountKind::Loan), Err(InvalidAccountNumber), "{text}");
        }
    }
}
