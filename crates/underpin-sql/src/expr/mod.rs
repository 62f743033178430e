//! Typed expressions: what can be said of columns, one theme a file. They build erased trees.

mod aggregate;
mod array;
mod case;
mod cast;
mod compare;
mod json;
mod logic;
mod null;
mod nullness;
mod number;
mod operand;
mod scope;
mod subquery;
mod text;
mod time;
mod typed;
mod value;
mod window;

pub use aggregate::{Collected, count};
pub use case::{Case, when};
pub use json::JsonStep;
pub use logic::{Condition, all_of, any_of, both, either};
pub use nullness::{NotNull, Nullable, Nullness};
pub use number::{Calculated, Kind, Number};
pub use operand::{Comparable, Operand};
pub use scope::{Anywhere, Both, Covers, First, Has, Itself, Nothing, One, Second};
pub use subquery::{OneColumn, exists, scalar};
pub use time::{TimeUnit, now};
pub use typed::{Expr, Filter};
pub use value::value;
pub use window::{Over, Windowed, dense_rank, ntile, rank, row_number, window};

/// Writes methods for columns and for expressions: `S` is their scope, `N` their nullness.
macro_rules! methods {
    (impl [$($generics:tt)*] $value:ty { $($body:tt)* }) => {
        methods!(@expr [$($generics)*] $value { $($body)* });
        methods!(@column [$($generics)*] $value { $($body)* });
    };
    (@expr [$($generics:tt)*] $value:ty { $($body:tt)* }) => {
        impl<S, $($generics)* N: $crate::expr::Nullness> $crate::expr::Expr<S, $value, N> { $($body)* }
    };
    (@column [$($generics:tt)*] $value:ty { $($body:tt)* }) => {
        impl<S: underpin_schema::Table, $($generics)* N: $crate::expr::Nullness>
            $crate::Column<S, $value, N> { $($body)* }
    };
}
pub(crate) use methods;
