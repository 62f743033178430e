//! What parts are in Rust, whether or not they can be parts.

use underpin_schema::PartShape;

use super::{HasMany, HasOne};

/// The rows of parts, in Rust: a tuple that has a `Vec` where `P` has a `HasMany`, and an `Option` where it has a
/// `HasOne`.
pub type PartRows<P> = <P as Shape>::Rows;

/// A list of parts as a Rust type.
///
/// Lists with mistakes in them have one as well. So the compiler complains once, where the list stands, and not at each
/// [`PartRows`] of it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no list of parts",
    label = "give a tuple of up to eight `HasMany`, `HasOne` and `ManyToMany`; of a single one, `(HasMany<LineRow>,)`"
)]
pub trait Shape {
    /// The rows of the parts of one parent.
    type Rows: Send;

    /// A row together with its parts: of none, the row itself.
    type Node<R: Send>: Send;
}

impl<R: Send, P: Shape, V> PartShape for HasMany<R, P, V> {
    type Rows = Vec<P::Node<R>>;
}

impl<R: Send, P: Shape, V> PartShape for HasOne<R, P, V> {
    type Rows = Option<P::Node<R>>;
}

#[diagnostic::do_not_recommend]
/// A mistake: one part where a tuple of one should stand.
impl<R: Send, P: Shape, V> Shape for HasMany<R, P, V> {
    type Rows = Vec<P::Node<R>>;
    type Node<T: Send> = (T, Self::Rows);
}

#[diagnostic::do_not_recommend]
/// A mistake, as with `HasMany`.
impl<R: Send, P: Shape, V> Shape for HasOne<R, P, V> {
    type Rows = Option<P::Node<R>>;
    type Node<T: Send> = (T, Self::Rows);
}

impl Shape for () {
    type Rows = ();
    type Node<T: Send> = T;
}

macro_rules! shape_of_tuple {
    ($($name:ident),+) => {
        impl<$($name: PartShape),+> Shape for ($($name,)+) {
            type Rows = ($($name::Rows,)+);
            type Node<T: Send> = (T, Self::Rows);
        }
    };
}

// Of more than eight they cannot be parts.
shape_of_tuple!(A);
shape_of_tuple!(A, B);
shape_of_tuple!(A, B, C);
shape_of_tuple!(A, B, C, D);
shape_of_tuple!(A, B, C, D, E);
shape_of_tuple!(A, B, C, D, E, F);
shape_of_tuple!(A, B, C, D, E, F, G);
shape_of_tuple!(A, B, C, D, E, F, G, H);
shape_of_tuple!(A, B, C, D, E, F, G, H, I);
shape_of_tuple!(A, B, C, D, E, F, G, H, I, J);
