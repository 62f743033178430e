//! What the rows of a part of an aggregate are in Rust, whether or not it can be a part.

use crate::Table;

/// One kind of part as a Rust type. The kinds themselves stand beside the mapping of aggregates.
///
/// What somebody may write in their place has a shape as well, so that the compiler complains once, where the parts are
/// listed, and not wherever their rows are spoken of. That is why the trait stands here: no other crate may implement it
/// for all rows and for `Vec` at once.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no kind of part",
    label = "parts are `HasMany<LineRow>`, `HasOne<AddressRow>` and `ManyToMany<LinkRow>`"
)]
pub trait PartShape {
    /// The rows of one parent.
    type Rows: Send;
}

#[diagnostic::do_not_recommend]
impl<R: Table> PartShape for R {
    type Rows = Vec<R>;
}

#[diagnostic::do_not_recommend]
impl<R: Send> PartShape for Vec<R> {
    type Rows = Self;
}

#[diagnostic::do_not_recommend]
impl<R: Send> PartShape for Option<R> {
    type Rows = Self;
}
