//! Several selections side by side.

use underpin_core::{CellError, Cells};

use super::{Selectable, Selection};
use crate::{Anywhere, Tree};

macro_rules! scope {
    ($last:ident) => { $last::Scope };
    ($first:ident, $($rest:ident),+) => { ($first::Scope, scope!($($rest),+)) };
}

macro_rules! tuple {
    ($($name:ident),+) => {
        #[diagnostic::do_not_recommend]
        impl<$($name: Selectable),+> Selectable for ($($name,)+) {
            type Itself = ($($name::Itself,)+);

            #[allow(non_snake_case)] // the names are those of the type parameters
            fn itself(self) -> Self::Itself {
                let ($($name,)+) = self;
                ($($name.itself(),)+)
            }
        }

        #[diagnostic::do_not_recommend]
        impl<$($name: Selection),+> Selection for ($($name,)+) {
            type Scope = scope!($($name),+);
            type Output = ($($name::Output,)+);

            #[allow(non_snake_case)] // the names are those of the type parameters
            fn append_to(self, columns: &mut Vec<Tree>) {
                let ($($name,)+) = self;
                $($name.append_to(columns);)+
            }

            fn width() -> usize {
                0 $(+ $name::width())+
            }

            #[allow(unused_assignments)] // the last position is not needed
            fn read(cells: &dyn Cells, mut at: usize) -> Result<Self::Output, (usize, CellError)> {
                Ok(($({
                    let read = $name::read(cells, at)?;
                    at += $name::width();
                    read
                },)+))
            }
        }
    };
}

tuple!(A);
tuple!(A, B);
tuple!(A, B, C);
tuple!(A, B, C, D);
tuple!(A, B, C, D, E);
tuple!(A, B, C, D, E, F);
tuple!(A, B, C, D, E, F, G);
tuple!(A, B, C, D, E, F, G, H);
tuple!(A, B, C, D, E, F, G, H, I);
tuple!(A, B, C, D, E, F, G, H, I, J);
tuple!(A, B, C, D, E, F, G, H, I, J, K);
tuple!(A, B, C, D, E, F, G, H, I, J, K, L);

/// Nothing in particular: a query of which only the rows count.
impl Selection for () {
    type Scope = Anywhere;
    type Output = ();

    fn append_to(self, columns: &mut Vec<Tree>) {
        columns.push(Tree::number(1));
    }

    fn width() -> usize {
        1
    }

    fn read(_: &dyn Cells, _: usize) -> Result<(), (usize, CellError)> {
        Ok(())
    }
}
