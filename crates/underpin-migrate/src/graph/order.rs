//! The order of a set of revisions: what stands on others comes before them, and one branch is walked as far as
//! possible before the next.

use super::edges::{Along, Edges};
use super::members::Members;

impl Edges {
    /// Orders a set, the newest first, beginning at `heads` and whatever of it nothing else of it stands on, in the
    /// order of their files.
    pub(super) fn order(&self, set: &Members, heads: impl IntoIterator<Item = usize>) -> Vec<usize> {
        let mut walk = Walk::new(self, set, heads);
        let mut order = Vec::new();
        while let Some(next) = walk.next() {
            order.push(next);
        }
        order
    }
}

/// A walk down several branches at once.
struct Walk<'e> {
    edges: &'e Edges,
    todo: Members,
    /// How many of the set must come before each.
    waiting: Vec<usize>,
    /// The front of each branch, and where the walk is.
    fronts: Vec<usize>,
    is_front: Members,
    current: usize,
}

impl<'e> Walk<'e> {
    fn new(edges: &'e Edges, set: &Members, heads: impl IntoIterator<Item = usize>) -> Self {
        let mut waiting = vec![0; edges.len()];
        for at in set.iter() {
            waiting[at] = edges.up(at, Along::All).filter(|above| set.contains(*above)).count();
        }
        let tips = set.iter().filter(|at| waiting[*at] == 0);
        let mut fronts: Vec<usize> =
            heads.into_iter().filter(|head| set.contains(*head)).chain(tips).collect();
        fronts.sort_unstable();
        fronts.dedup();
        let is_front = Members::of(edges.len(), fronts.iter().copied());
        Self { edges, todo: set.clone(), waiting, fronts, is_front, current: 0 }
    }

    fn next(&mut self) -> Option<usize> {
        loop {
            let candidate = *self.fronts.get(self.current)?;
            if self.waiting[candidate] == 0 {
                self.pass(candidate);
                return Some(candidate);
            }
            // Another branch joins here: it is walked first.
            let above = self.remaining_above(candidate);
            self.current =
                self.fronts.iter().position(|front| *front != candidate && above.contains(*front))?;
        }
    }

    /// Goes on below a revision that was taken.
    fn pass(&mut self, taken: usize) {
        self.todo.remove(taken);
        let mut ahead: Vec<usize> = Vec::new();
        for below in self.edges.down(taken, Along::All).filter(|below| self.todo.contains(*below)) {
            self.waiting[below] -= 1;
            if self.is_front.insert(below) {
                ahead.push(below);
            }
        }
        let mut ahead = ahead.into_iter();
        match ahead.next() {
            Some(first) => {
                self.fronts[self.current] = first;
                self.fronts.extend(ahead);
            }
            None => {
                self.fronts.remove(self.current);
                self.current = self.current.saturating_sub(1);
            }
        }
    }

    /// What is still to be taken and stands on this one.
    fn remaining_above(&self, at: usize) -> Members {
        let mut above = Members::none(self.edges.len());
        let mut ahead = vec![at];
        while let Some(at) = ahead.pop() {
            let up = self.edges.up(at, Along::All);
            ahead.extend(up.filter(|up| self.todo.contains(*up) && above.insert(*up)).collect::<Vec<_>>());
        }
        above
    }
}
