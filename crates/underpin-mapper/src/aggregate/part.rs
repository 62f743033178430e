//! The kinds of parts.

use std::marker::PhantomData;

use underpin_core::{Error, Result};
use underpin_schema::{PartShape, Table, TableDef};

use super::{Shape, Tree};
use crate::{OnlyForeignKey, Via};

/// Any number of rows `R`, which may have parts `P` themselves. In Rust a `Vec<R>`, or a `Vec<(R, ..)>` if there are
/// `P`.
///
/// `V` says which foreign key makes them parts, where there is more than one.
#[derive(Debug)]
pub struct HasMany<R, P = (), V = OnlyForeignKey>(PhantomData<Of<R, P, V>>);

/// At most one row `R`, which may have parts `P` itself. In Rust an `Option<R>`, or an `Option<(R, ..)>` if there are
/// `P`.
#[derive(Debug)]
pub struct HasOne<R, P = (), V = OnlyForeignKey>(PhantomData<Of<R, P, V>>);

type Of<R, P, V> = fn() -> (R, P, V);

/// Links to rows that are no parts: rows `L` of a table that names both sides, with or without data of their own. A
/// link lives with the aggregate like any part; what it leads to does not.
pub type ManyToMany<L, V = OnlyForeignKey> = HasMany<L, (), V>;

/// One kind of part, by the rows that it consists of.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no kind of part",
    label = "parts are `HasMany<LineRow>`, `HasOne<AddressRow>` and `ManyToMany<LinkRow>`"
)]
pub trait Part: PartShape + Send + 'static {
    type Row: Table;
    type Parts: Tree;
    type Via: Via<Self::Row>;
    fn pack(nodes: Vec<Node<Self>>, parent: &TableDef) -> Result<Self::Rows>;
    fn unpack(rows: Self::Rows) -> Vec<Node<Self>>;
    fn count(rows: &Self::Rows) -> usize;
}

/// A row with its own parts.
pub(super) type Node<D> = <<D as Part>::Parts as Shape>::Node<<D as Part>::Row>;

impl<R: Table, P: Tree, V: Via<R>> Part for HasMany<R, P, V> {
    type Row = R;
    type Parts = P;
    type Via = V;

    fn pack(nodes: Vec<Node<Self>>, _: &TableDef) -> Result<Self::Rows> {
        Ok(nodes)
    }

    fn unpack(rows: Self::Rows) -> Vec<Node<Self>> {
        rows
    }

    fn count(rows: &Self::Rows) -> usize {
        rows.len()
    }
}

impl<R: Table, P: Tree, V: Via<R>> Part for HasOne<R, P, V> {
    type Row = R;
    type Parts = P;
    type Via = V;

    fn pack(mut nodes: Vec<Node<Self>>, parent: &TableDef) -> Result<Self::Rows> {
        let (one, rows) = (nodes.pop(), nodes.len());
        if rows > 0 {
            let (part, parent) = (R::def().name, parent.name);
            return Err(Error::mapping(format!(
                "a row of table {parent} has {} parts in table {part}, where `HasOne` takes one",
                rows + 1
            ))
            .with_hint("map it as `HasMany`, or make the foreign key unique"));
        }
        Ok(one)
    }

    fn unpack(rows: Self::Rows) -> Vec<Node<Self>> {
        rows.into_iter().collect()
    }

    fn count(rows: &Self::Rows) -> usize {
        usize::from(rows.is_some())
    }
}
