//! What can count the versions of a row.

/// The type of a row's version: an integer that each update makes one greater.
#[diagnostic::on_unimplemented(
    message = "a version is an `i32` or an `i64`, not `{Self}`",
    label = "cannot count versions"
)]
pub trait RowVersion: Copy {
    /// The version as every dialect counts it.
    fn count(self) -> i64;

    /// The version of a count; the greatest there is if the count is greater.
    fn of_count(count: i64) -> Self;
}

impl RowVersion for i32 {
    fn count(self) -> i64 {
        self.into()
    }

    fn of_count(count: i64) -> Self {
        count.try_into().unwrap_or(Self::MAX)
    }
}

impl RowVersion for i64 {
    fn count(self) -> i64 {
        self
    }

    fn of_count(count: i64) -> Self {
        count
    }
}
