//! Encrypted columns: values that cannot be read, moved or altered by whoever has only the database.
//!
//! - [`Secret`]: a plain value that does not print itself, cannot be serialized, and is overwritten when it is dropped.
//! - [`KeyRing`]: the root keys, of which one is primary; from the environment ([`KeyRing::configured`]), a file, or made on
//!   the spot.
//! - [`Cipher`]: encrypts and decrypts the values of one column; `ring.cipher("patients.phone")` makes one.
//! - [`Encrypted`], [`EncryptedText`]: the type of such a column, as BYTEA or BLOB, or as text in base64.
//! - [`EncryptedColumn`] and [`KeySlot`]: the same for mappings, which are functions and have no place for keys.
//! - [`BlindIndex`]: finding a row by an encrypted value.
//! - [`KeyService`]: a service that keeps the root keys.
//! - [`Envelope`]: what is stored, byte by byte.
//!
//! ```
//! use underpin_secrets::{Encrypted, KeyRing, Secret};
//!
//! let ring = KeyRing::generate()?;
//! let phone = ring.cipher("patients.phone")?;
//!
//! let number = Secret::new("+49 30 1234".to_owned());
//! let cell: Encrypted<String> = phone.encrypt("patient_1", &number);    // for a field of a row
//! assert_eq!(phone.decrypt("patient_1", cell.clone())?.expose(), "+49 30 1234");
//!
//! // What was written for one row is worth nothing in another.
//! assert!(phone.decrypt("patient_2", cell).is_err());
//! # Ok::<(), underpin_secrets::SecretsError>(())
//! ```
//!
//! # What a value is bound to
//!
//! Each value is authenticated together with its *context*, a name that the program gives the column for ever, and its
//! *row*, given by one or several values that never change: the id of the entity, or the columns of its natural key. A
//! value that was copied to another row, column or user does not decrypt. The row must be known before it is written, so
//! an id that the database counts will not do; there is no way to give an `Auto`. Whatever copies rows (an import, a
//! "duplicate this" button) has to decrypt and to encrypt again.
//!
//! # Rotation
//!
//! A ring is immutable and cheap to clone; changing it makes another: [`KeyRing::with_new_key`], [`KeyRing::promote`],
//! [`KeyRing::retire`], [`KeyRing::forget`]. A new key first becomes *active* everywhere (it can decrypt), then *primary* by
//! another deployment (it encrypts). Then the stored values follow:
//!
//! - [`StoredColumn`]: which column of which table, under which context, bound to what.
//! - [`Rotation`]: brings its rows under the primary key, batch by batch, beside whoever reads and writes them; what is
//!   under it is passed over, so that a rotation that was cut off is simply begun anew.
//! - [`Usage`]: counts rows by key without decrypting; [`retire`] refuses while a key has rows.
//! - [`Move`] and [`Backfill`]: the revisions by which a column of plain values becomes an encrypted one, and the walk that one
//!   of them calls.
//!
//! They stand on [`Cipher::reseal`], which is pure, and on [`Envelope::prefix`]: the first six bytes of a value name its key,
//! and in base64 they are its first eight characters.
//!
//! # What it does not do
//!
//! The length of a value shows, unless the column pads ([`Padding`]). Keys, what is prepared of
//! them and plain values are overwritten when they are dropped; until then they stand in memory, and so in a core dump. The
//! operating system may have written memory to disk, and what the code of the cipher and of the hash leaves on the stack for a
//! value is not overwritten. `docs/secrets.md` says what a dump of a process may hold.
//! A password is no root key: keys are 32 random bytes.

mod aad;
mod blind_index;
mod budget;
mod buffer;
mod cipher;
mod column;
mod column_keys;
mod derive;
mod encrypted;
mod envelope;
mod error;
#[cfg(test)]
mod golden;
mod key_service;
mod keyring;
mod nonce;
mod padding;
mod prepared;
mod random;
mod root_key;
mod row_id;
mod secret;
mod slot;
mod stored;

pub use blind_index::{BlindHash, BlindIndex, normalise};
pub use cipher::Cipher;
pub use column::EncryptedColumn;
pub use encrypted::{Base64, Binary, Encrypted, EncryptedText, Form};
pub use envelope::{Envelope, Malformed};
pub use error::SecretsError;
pub use key_service::{KeyService, WrappedKey, WrappedRing};
pub use keyring::{KeyFacts, KeyRing, KeyState};
pub use padding::Padding;
pub use root_key::RootKey;
pub use row_id::RowId;
pub use secret::{Sealable, Secret};
pub use slot::KeySlot;
pub use stored::{
    Backfill, Draft, DriverPlace, KeyUsage, Move, Place, PlaceFuture, Progress, RefusedRow, Report, Rotation,
    Step, StoredColumn, Texts, Usage, retire,
};

pub use zeroize::{Zeroize, Zeroizing};
