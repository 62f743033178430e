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
    /// How high each stands in the set: what stands on another is higher.
    heights: Vec<usize>,
    /// The front of each branch, and where the walk is.
    fronts: Vec<usize>,
    is_front: Members,
    current: usize,
    search: Search,
}

/// What was seen by a search upwards; kept, so that each one need not make its own.
struct Search {
    seen: Vec<usize>,
    number: usize,
    ahead: Vec<usize>,
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
        let heights = heights(edges, set);
        let search = Search { seen: vec![0; edges.len()], number: 0, ahead: Vec::new() };
        Self { edges, todo: set.clone(), waiting, heights, fronts, is_front, current: 0, search }
    }

    fn next(&mut self) -> Option<usize> {
        loop {
            let candidate = *self.fronts.get(self.current)?;
            if self.waiting[candidate] == 0 {
                self.pass(candidate);
                return Some(candidate);
            }
            // Another branch joins here: it is walked first.
            self.current = self.first_above(candidate)?;
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

    /// The first front that stands on a candidate. Most often it is the first that is high enough, and then it is
    /// found before all above the candidate was seen.
    fn first_above(&mut self, candidate: usize) -> Option<usize> {
        let height = self.heights[candidate];
        let is_high = |front: &usize| self.heights[*front] > height;
        let likely = self.fronts.iter().position(is_high)?;
        let wanted = self.fronts[likely];
        let Search { seen, number, ahead } = &mut self.search;
        *number += 1;
        ahead.push(candidate);
        while let Some(at) = ahead.pop() {
            for up in self.edges.up(at, Along::All).filter(|up| self.todo.contains(*up)) {
                if up == wanted {
                    ahead.clear();
                    return Some(likely);
                }
                if std::mem::replace(&mut seen[up], *number) != *number {
                    ahead.push(up);
                }
            }
        }
        self.fronts.iter().position(|front| seen[*front] == *number)
    }
}

/// The longest way from each down to the bottom of the set.
fn heights(edges: &Edges, set: &Members) -> Vec<usize> {
    let below = |at: usize| edges.down(at, Along::All).filter(|below| set.contains(*below));
    let mut heights = vec![0; edges.len()];
    let mut waiting = vec![0; edges.len()];
    set.iter().for_each(|at| waiting[at] = below(at).count());
    let mut ready: Vec<usize> = set.iter().filter(|at| waiting[*at] == 0).collect();
    while let Some(at) = ready.pop() {
        for above in edges.up(at, Along::All).filter(|above| set.contains(*above)) {
            heights[above] = heights[above].max(heights[at] + 1);
            waiting[above] -= 1;
            if waiting[above] == 0 {
                ready.push(above);
            }
        }
    }
    heights
}
