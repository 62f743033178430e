//! Typed identifiers that name their kind: `user_01h455vb4pex5vsknk084sn02q`.
//!
//! Exists apart, and depends on `uuid` alone, so that a domain crate can have typed ids and nothing else
//! of a database toolkit. An [`Id`] is a UUID version 7 in memory (16 bytes, `Copy`) and a TypeID
//! (specification 0.3) in text. Ids of different kinds are different types, so that the id of a team
//! cannot be passed where that of a user is meant.
//!
//! ```
//! use underpin_id::{Id, Prefix};
//!
//! pub struct User;
//!
//! impl Prefix for User {
//!     const PREFIX: &'static str = "user";
//! }
//!
//! pub type UserId = Id<User>;
//!
//! // The adapter stores the id in `varchar(36)`; a longer prefix stops the build.
//! const _: () = UserId::assert_fits(36);
//!
//! let id = UserId::new();
//! assert_eq!(id.to_string().parse(), Ok(id));
//! assert!(id.text().starts_with("user_"));
//!
//! let known: UserId = "user_01h455vb4pex5vsknk084sn02q".parse()?;
//! assert_eq!(known.uuid().to_string(), "01890a5d-ac96-774b-bcce-b302099a8057");
//! assert!("team_01h455vb4pex5vsknk084sn02q".parse::<UserId>().is_err());
//! # Ok::<(), underpin_id::ParseIdError>(())
//! ```
//!
//! # Order
//!
//! Ids sort by the time of their making, and their text sorts as they do (in PostgreSQL with
//! `COLLATE "C"`). Inside one process each [`Id::new`] is greater than the one before; between processes
//! the order holds to the millisecond only.
//!
//! # Storage
//!
//! An adapter keeps an id as text, by [`Id::text`] or `to_string` and `parse`, which people can read; or as a UUID, by
//! [`Id::uuid`] and [`Id::from_uuid`], in half the space. With the feature `with-serde-1` an id is serialized as its text.
//!
//! # A wrong prefix does not compile
//!
//! A prefix has at most 63 characters of `a` to `z` and `_`, and begins and ends with a letter. The empty
//! prefix is legal and gives the bare 26 characters. The check runs wherever the id is used; name
//! [`Id::LEN`] in a constant, as above, and `cargo check` sees it too.
//!
//! ```compile_fail,E0080
//! struct User;
//! impl underpin_id::Prefix for User {
//!     const PREFIX: &'static str = "User";
//! }
//! let id = underpin_id::Id::<User>::new();
//! ```
//!
//! ```compile_fail,E0080
//! struct Long;
//! impl underpin_id::Prefix for Long {
//!     const PREFIX: &'static str = "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijkl";
//! }
//! const _: usize = underpin_id::Id::<Long>::LEN;
//! ```

mod base32;
mod error;
mod id;
mod prefix;
#[cfg(feature = "with-serde-1")]
mod serialize;
mod text;

pub use error::ParseIdError;
pub use id::Id;
pub use prefix::Prefix;
pub use text::IdText;
