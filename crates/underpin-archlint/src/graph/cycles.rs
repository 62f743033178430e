//! Cycles in small graphs: strongly connected components, and which edges to cut.

use std::collections::{BTreeMap, BTreeSet};

/// Successors by node.
type Successors = BTreeMap<usize, BTreeSet<usize>>;

/// The components with more than one node, each ordered, by Tarjan's algorithm without recursion.
pub(crate) fn components(successors: &Successors) -> Vec<Vec<usize>> {
    let mut state = Tarjan::default();
    for node in successors.keys() {
        if !state.index.contains_key(node) {
            state.visit(*node, successors);
        }
    }
    let mut found = state.found;
    found.sort();
    found
}

#[derive(Default)]
struct Tarjan {
    index: BTreeMap<usize, usize>,
    low: BTreeMap<usize, usize>,
    stack: Vec<usize>,
    on_stack: BTreeSet<usize>,
    found: Vec<Vec<usize>>,
}

impl Tarjan {
    fn visit(&mut self, root: usize, successors: &Successors) {
        let mut work = vec![(root, 0)];
        while let Some((node, step)) = work.pop() {
            if step == 0 {
                let index = self.index.len();
                self.index.insert(node, index);
                self.low.insert(node, index);
                self.stack.push(node);
                self.on_stack.insert(node);
            }
            let next = successors.get(&node).and_then(|all| all.iter().nth(step)).copied();
            if let Some(next) = next {
                work.push((node, step + 1));
                if !self.index.contains_key(&next) {
                    work.push((next, 0));
                } else if self.on_stack.contains(&next) {
                    self.lower(node, self.index[&next]);
                }
                continue;
            }
            if self.low[&node] == self.index[&node] {
                self.take(node);
            }
            if let Some((parent, _)) = work.last() {
                self.lower(*parent, self.low[&node]);
            }
        }
    }

    fn lower(&mut self, node: usize, to: usize) {
        if let Some(low) = self.low.get_mut(&node) {
            *low = (*low).min(to);
        }
    }

    fn take(&mut self, root: usize) {
        let mut component = Vec::new();
        while let Some(node) = self.stack.pop() {
            self.on_stack.remove(&node);
            component.push(node);
            if node == root {
                break;
            }
        }
        if component.len() > 1 {
            component.sort_unstable();
            self.found.push(component);
        }
    }
}

/// Edges whose removal leaves no cycle, few and light ones preferred: the heuristic of Eades, Lin and Smyth.
pub(crate) fn feedback(weights: &BTreeMap<(usize, usize), usize>) -> BTreeSet<(usize, usize)> {
    let mut rest: BTreeSet<usize> = weights.keys().flat_map(|(from, to)| [*from, *to]).collect();
    let (mut front, mut back) = (Vec::new(), Vec::new());
    while !rest.is_empty() {
        let degree = |node: usize| {
            let inside = |other: &usize| rest.contains(other) && *other != node;
            let sum = |select: &dyn Fn(&(usize, usize)) -> bool| -> usize {
                weights.iter().filter(|(edge, _)| select(edge)).map(|(_, weight)| *weight).sum()
            };
            let out = sum(&|(from, to)| *from == node && inside(to));
            (out, sum(&|(from, to)| *to == node && inside(from)))
        };
        let degrees: BTreeMap<usize, (usize, usize)> =
            rest.iter().map(|node| (*node, degree(*node))).collect();
        let sink = degrees.iter().find(|(_, (out, _))| *out == 0).map(|(node, _)| *node);
        let source = degrees.iter().find(|(_, (_, into))| *into == 0).map(|(node, _)| *node);
        let best = degrees
            .iter()
            .max_by_key(|(node, (out, into))| {
                (out.saturating_add(1_000_000) - into, std::cmp::Reverse(**node))
            })
            .map(|(node, _)| *node);
        if let Some(node) = sink {
            back.push(node);
            rest.remove(&node);
        } else if let Some(node) = source.or(best) {
            front.push(node);
            rest.remove(&node);
        }
    }
    front.extend(back.into_iter().rev());
    let order: BTreeMap<usize, usize> = front.iter().enumerate().map(|(at, node)| (*node, at)).collect();
    weights.keys().filter(|(from, to)| from != to && order[from] > order[to]).copied().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn graph(edges: &[(usize, usize)]) -> Successors {
        let mut successors = Successors::new();
        for (from, to) in edges {
            successors.entry(*from).or_default().insert(*to);
            successors.entry(*to).or_default();
        }
        successors
    }

    #[test]
    fn components_are_found() {
        let cycles = graph(&[(1, 2), (2, 3), (3, 1), (3, 4), (5, 6), (6, 5), (4, 5)]);
        assert_eq!(components(&cycles), [vec![1, 2, 3], vec![5, 6]]);
        assert!(components(&graph(&[(1, 2), (2, 3), (1, 3)])).is_empty());
    }

    #[test]
    fn cutting_leaves_no_cycle() {
        let weights: BTreeMap<_, _> = [((1, 2), 5), ((2, 3), 5), ((3, 1), 1), ((2, 1), 1)].into();
        let cut = feedback(&weights);
        let rest: Vec<_> = weights.keys().filter(|edge| !cut.contains(edge)).copied().collect();
        assert!(components(&graph(&rest)).is_empty());
        assert_eq!(cut, [(2, 1), (3, 1)].into());
    }
}
