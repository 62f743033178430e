//! Which foreign key makes a row a part.

/// Says by which columns the rows `R` name the row whose parts they are, where their table has more than one foreign
/// key to it.
///
/// ```
/// use underpin_mapper::{By, HasMany, Via};
/// # struct MessageRow;
///
/// /// The messages that a person has sent.
/// struct Sent;
///
/// impl Via<MessageRow> for Sent {
///     const COLUMNS: &'static [&'static str] = &["sender_id"];
/// }
///
/// type Parts = (By<Sent, HasMany<MessageRow>>,);
/// ```
pub trait Via<R>: Send + 'static {
    /// Names of the columns, in the order of the foreign key.
    const COLUMNS: &'static [&'static str];
}

/// The only foreign key that there is: by it rows are parts, unless [`crate::By`] names another.
#[derive(Debug)]
pub struct OnlyForeignKey;

impl<R> Via<R> for OnlyForeignKey {
    const COLUMNS: &'static [&'static str] = &[];
}
