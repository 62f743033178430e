//! The keys of parents, as a look-up of their parts sends them.

use underpin_core::{CellError, Datum, Encoder};
use underpin_schema::{Table, TableDef};
use underpin_sql::{CellOf, Rows};

use super::Relation;

/// What the parts of these rows refer to.
pub(crate) struct ParentKeys<'a, P> {
    relation: &'a Relation,
    part: &'static TableDef,
    parents: Vec<&'a P>,
}

impl<'a, P: Table> ParentKeys<'a, P> {
    /// Of parents that each have another key. Those whose key is NULL have no parts.
    pub(crate) fn new(
        relation: &'a Relation,
        part: &'static TableDef,
        parents: impl Iterator<Item = &'a P>,
    ) -> Self {
        let targets = underpin_core::ColumnSet::of(&relation.targets);
        let nullable = |row: &&P| row.nulls().intersection(targets).is_empty();
        Self { relation, part, parents: parents.filter(nullable).collect() }
    }
}

impl<P: Table> Rows for ParentKeys<'_, P> {
    fn len(&self) -> usize {
        self.parents.len()
    }

    fn encode(&self, row: usize, cell: CellOf, out: &mut dyn Encoder) -> Result<(), CellError> {
        let (CellOf::Old(column) | CellOf::New(column)) = cell;
        let position = self.relation.columns.iter().position(|of| *of == column);
        let target = position.and_then(|position| self.relation.targets.get(position).copied());
        let (Some(parent), Some(target)) = (self.parents.get(row), target) else {
            return Err(CellError::OutOfRange("a parent's key has the columns of the foreign key only"));
        };
        let (of, to) = (P::def().columns[target].ty, self.part.columns[column].ty);
        if of == to {
            return parent.encode(target, out);
        }
        // An integer of another size, text of another length.
        Datum::take(of, |out| parent.encode(target, out))?.encode(to, out)
    }

    fn key_text(&self, row: usize) -> String {
        self.parents.get(row).map_or_else(String::new, |parent| format!("{:?}", parent.key()))
    }
}
