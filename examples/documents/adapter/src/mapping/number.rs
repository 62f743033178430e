//! The numbers of accounts: encrypted on their way to the database, and decrypted on their way back.

use documents_domain::{AccountId, AccountKind, AccountNumber, BorrowerId};
use underpin::MappingError;
use underpin::secrets::{Encrypted, EncryptedColumn, KeySlot, Padding, Secret, StoredColumn};

/// Where the program puts its keys when it starts. Without them no number is read or written; documents need none.
pub static KEYS: KeySlot = KeySlot::new();

/// What the column is called in what is authenticated. It stays when the table or the column is renamed: without it
/// nothing decrypts.
const CONTEXT: &str = "documents.account_number";

/// All numbers are filled up to the same length, for that of an IBAN names its country.
const PADDING: Padding = Padding::To64;

static NUMBER: EncryptedColumn = EncryptedColumn::padded(&KEYS, CONTEXT, PADDING);

const _: () = assert!(AccountNumber::MAX_CHARACTERS < 64);

/// The column of the numbers, for counting them by key and for bringing them under another one. They are bound to the
/// same two columns by `sealed` below.
#[must_use]
pub fn number_column() -> StoredColumn {
    StoredColumn::new("account_numbers", "number")
        .with_context(CONTEXT)
        .bound_to(["borrower_id", "id"])
        .padded(PADDING)
}

/// A number for its row. It is bound to whose it is as well as to its own id, for else a row could be given to another
/// borrower, and the number with it.
pub(super) fn sealed(of: BorrowerId, id: AccountId, number: &AccountNumber) -> Encrypted<String> {
    let (of, id) = (of.to_string(), id.to_string());
    NUMBER.encrypt(&[&*of, &*id], &Secret::new(number.expose().to_owned()))
}

/// The number of a row.
pub(super) fn opened(
    of: &str,
    id: &str,
    number: Encrypted<String>,
    kind: AccountKind,
) -> Result<AccountNumber, MappingError> {
    // By `?` alone only the type of the error would be told; what it says quotes no value.
    let number = NUMBER.decrypt(&[of, id], number).map_err(|error| MappingError::new(error.to_string()))?;
    Ok(AccountNumber::new(number.expose(), kind)?)
}
