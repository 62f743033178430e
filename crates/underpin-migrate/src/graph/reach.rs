//! Everything below and above some revisions.

use super::edges::{Along, Edges};
use super::members::Members;

impl Edges {
    /// These, and all on which they stand.
    pub(super) fn below(&self, from: impl IntoIterator<Item = usize>, along: Along) -> Members {
        self.reached(from, |at, ahead| ahead.extend(self.down(at, along)))
    }

    /// These, and all that stand on them.
    pub(super) fn above(&self, from: impl IntoIterator<Item = usize>, along: Along) -> Members {
        self.reached(from, |at, ahead| ahead.extend(self.up(at, along)))
    }

    /// The lineage of a revision: all below it and all above it.
    pub(super) fn lineage(&self, of: usize, along: Along) -> Members {
        let mut lineage = self.below([of], along);
        self.above([of], along).iter().for_each(|at| {
            lineage.insert(at);
        });
        lineage
    }

    /// Those on which no other of the set stands.
    pub(super) fn tips(&self, set: &Members, along: Along) -> Vec<usize> {
        set.iter().filter(|at| !self.up(*at, along).any(|above| set.contains(above))).collect()
    }

    fn reached(
        &self,
        from: impl IntoIterator<Item = usize>,
        next: impl Fn(usize, &mut Vec<usize>),
    ) -> Members {
        let mut reached = Members::none(self.len());
        let mut ahead: Vec<usize> = from.into_iter().collect();
        while let Some(at) = ahead.pop() {
            if reached.insert(at) {
                next(at, &mut ahead);
            }
        }
        reached
    }
}
