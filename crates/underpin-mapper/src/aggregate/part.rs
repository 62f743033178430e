//! The kinds of parts: they are what stands in Rust.

use std::marker::PhantomData;
use std::ops::{Deref, DerefMut};

use underpin_core::{Error, Result};
use underpin_schema::{Node, Table, TableDef};

use super::Parts;
use crate::{OnlyForeignKey, Via};

/// Any number of rows: `HasMany<LineRow>`, or with parts of their own `HasMany<(LineRow, (HasMany<ItemRow>,))>`.
pub type HasMany<R> = Vec<R>;

/// At most one row: `HasOne<AddressRow>`, which may have parts as well.
pub type HasOne<R> = Option<R>;

/// Links to rows that are no parts: rows of a table that names both sides, with or without data of their own. A link lives
/// with the aggregate like any part; what it leads to does not.
pub type ManyToMany<L> = Vec<L>;

/// Parts `P` by the foreign key that `V` names, where their table has more than one to the table above it:
/// `By<Sent, HasMany<MessageRow>>`.
pub struct By<V, P> {
    parts: P,
    via: PhantomData<fn() -> V>,
}

impl<V, P> By<V, P> {
    /// The parts themselves.
    #[must_use]
    pub fn into_inner(self) -> P {
        self.parts
    }
}

impl<V, P> From<P> for By<V, P> {
    fn from(parts: P) -> Self {
        Self { parts, via: PhantomData }
    }
}

impl<V, P: Default> Default for By<V, P> {
    fn default() -> Self {
        Self::from(P::default())
    }
}

impl<V, P> Deref for By<V, P> {
    type Target = P;

    fn deref(&self) -> &P {
        &self.parts
    }
}

impl<V, P> DerefMut for By<V, P> {
    fn deref_mut(&mut self) -> &mut P {
        &mut self.parts
    }
}

impl<V, P: std::fmt::Debug> std::fmt::Debug for By<V, P> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.parts.fmt(f)
    }
}

/// One kind of part, by the rows that it consists of.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no kind of part",
    label = "parts are `HasMany<LineRow>`, `HasOne<AddressRow>` and `ManyToMany<LinkRow>`, of row structs"
)]
pub trait Part: Sized + Send + 'static {
    type Node: Node<Row = Self::Row, Parts = Self::Parts>;
    type Row: Table;
    type Parts: super::Parts;
    type Via: Via<Self::Row>;
    fn pack(nodes: Vec<Self::Node>, parent: &TableDef) -> Result<Self>;
    fn unpack(self) -> Vec<Self::Node>;
    fn count(&self) -> usize;
}

#[diagnostic::do_not_recommend]
impl<N: Node<Parts: Parts>> Part for Vec<N> {
    type Node = N;
    type Row = N::Row;
    type Parts = N::Parts;
    type Via = OnlyForeignKey;

    fn pack(nodes: Self, _: &TableDef) -> Result<Self> {
        Ok(nodes)
    }

    fn unpack(self) -> Self {
        self
    }

    fn count(&self) -> usize {
        self.len()
    }
}

#[diagnostic::do_not_recommend]
impl<N: Node<Parts: Parts>> Part for Option<N> {
    type Node = N;
    type Row = N::Row;
    type Parts = N::Parts;
    type Via = OnlyForeignKey;

    fn pack(mut nodes: Vec<N>, parent: &TableDef) -> Result<Self> {
        let (one, rows) = (nodes.pop(), nodes.len());
        if rows > 0 {
            let (part, parent) = (N::Row::def().name, parent.name);
            return Err(Error::mapping(format!(
                "a row of table {parent} has {} parts in table {part}, where `HasOne` takes one",
                rows + 1
            ))
            .with_hint("map it as `HasMany`, or make the foreign key unique"));
        }
        Ok(one)
    }

    fn unpack(self) -> Vec<N> {
        self.into_iter().collect()
    }

    fn count(&self) -> usize {
        usize::from(self.is_some())
    }
}

impl<V: Via<P::Row>, P: Part> Part for By<V, P> {
    type Node = P::Node;
    type Row = P::Row;
    type Parts = P::Parts;
    type Via = V;

    fn pack(nodes: Vec<P::Node>, parent: &TableDef) -> Result<Self> {
        P::pack(nodes, parent).map(Self::from)
    }

    fn unpack(self) -> Vec<P::Node> {
        self.parts.unpack()
    }

    fn count(&self) -> usize {
        self.parts.count()
    }
}
