//! Finding the parent of a row among many.

use std::collections::HashMap;

use underpin_core::{Encoder, KeyBuffer};
use underpin_schema::Table;

use super::Relation;

/// Finds parents by what their parts refer to. Parts that come one after another with the same parent cost a comparison.
pub(crate) struct Finder<'a> {
    relation: &'a Relation,
    parents: HashMap<Vec<u8>, usize, hashbrown::DefaultHashBuilder>,
    last: Vec<u8>,
    found: Option<usize>,
    buffer: KeyBuffer,
}

impl<'a> Finder<'a> {
    /// Among these parents, each with the number by which it is to be found.
    pub(crate) fn new<'p, P: Table>(
        relation: &'a Relation,
        parents: impl Iterator<Item = (usize, &'p P)>,
    ) -> Self {
        let mut buffer = KeyBuffer::default();
        let mut by_key = HashMap::default();
        for (number, parent) in parents {
            let encode = |target: &usize, out: &mut dyn Encoder| parent.encode(*target, out);
            if let Some(bytes) = buffer.fill(&relation.targets, encode) {
                by_key.insert(bytes.to_vec(), number);
            }
        }
        Self { relation, parents: by_key, last: Vec::new(), found: None, buffer }
    }

    /// The parent of a row, if it is among them.
    pub(crate) fn parent_of<R: Table>(&mut self, row: &R) -> Option<usize> {
        let encode = |column: &usize, out: &mut dyn Encoder| row.encode(*column, out);
        let bytes = self.buffer.fill(self.relation.columns, encode)?;
        if self.found.is_none() || bytes != self.last {
            self.found = self.parents.get(bytes).copied();
            self.last.clear();
            self.last.extend_from_slice(bytes);
        }
        self.found
    }
}
