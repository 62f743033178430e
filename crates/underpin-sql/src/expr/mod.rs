//! Typed expressions: what can be said of columns, one theme a file. They build erased trees.

mod compare;
mod logic;
mod nullness;
mod operand;
mod scope;
mod typed;

pub use logic::{Condition, all_of, any_of, both, either};
pub use nullness::{NotNull, Nullable, Nullness};
pub use operand::Operand;
pub use scope::{Anywhere, Both, Covers, First, Has, Itself, Nothing, One, Second};
pub use typed::{Expr, Filter};

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
