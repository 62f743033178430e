//! Reachability: one breadth-first search from a whole set of targets, however many sources ask.

use std::collections::VecDeque;

use super::{EdgeId, Graph, NodeId, Reach};

/// What a search may use.
pub(crate) struct Search<'a> {
    pub graph: &'a Graph,
    /// Edges that count.
    pub admits: &'a dyn Fn(EdgeId) -> bool,
    /// Nodes through which a chain may pass.
    pub passes: &'a dyn Fn(NodeId) -> bool,
}

/// The next edge of a shortest chain to the targets, by node.
pub(crate) struct Reachable {
    /// For a chain that goes on from a node in the middle: its next edge.
    next: Vec<Option<EdgeId>>,
    distance: Vec<u32>,
    /// The same for chains of crates.
    crate_next: Vec<Option<EdgeId>>,
    crate_distance: Vec<u32>,
    is_target: Vec<bool>,
}

impl Search<'_> {
    /// Searches backwards from the targets.
    pub(crate) fn to(&self, targets: impl IntoIterator<Item = NodeId>) -> Reachable {
        let count = self.graph.nodes.len();
        let mut is_target = vec![false; count];
        targets.into_iter().for_each(|node| is_target[node] = true);
        let (next, distance) = self.walk(&is_target, |reach| match reach {
            Reach::Full => Some(true),
            Reach::NameOnly => Some(false),
            _ => None,
        });
        let (crate_next, crate_distance) =
            self.walk(&is_target, |reach| (reach == Reach::Crate).then_some(true));
        Reachable { next, distance, crate_next, crate_distance, is_target }
    }

    /// `follows` says of an edge whether it may stand in the middle of a chain (true), at its end only
    /// (false), or neither.
    fn walk(
        &self,
        is_target: &[bool],
        follows: impl Fn(Reach) -> Option<bool>,
    ) -> (Vec<Option<EdgeId>>, Vec<u32>) {
        let mut next = vec![None; is_target.len()];
        let mut distance = vec![u32::MAX; is_target.len()];
        let mut queue: VecDeque<NodeId> = (0..is_target.len()).filter(|node| is_target[*node]).collect();
        while let Some(node) = queue.pop_front() {
            let so_far = if is_target[node] { 0 } else { distance[node] };
            for edge_id in &self.graph.incoming[node] {
                let edge = &self.graph.edges[*edge_id];
                let from = edge.from;
                if is_target[from] || !(self.admits)(*edge_id) || !(self.passes)(from) {
                    continue;
                }
                let counts = match follows(edge.reach) {
                    Some(true) => true,
                    Some(false) => is_target[node],
                    None => false,
                };
                if counts && distance[from] == u32::MAX {
                    distance[from] = so_far + 1;
                    next[from] = Some(*edge_id);
                    queue.push_back(from);
                }
            }
        }
        (next, distance)
    }
}

impl Reachable {
    /// Whether an edge leads straight into the targets.
    pub(crate) fn is_target(&self, node: NodeId) -> bool {
        self.is_target[node]
    }

    /// The shortest chain that begins with an edge, without the ones that lead straight to a target.
    pub(crate) fn chain_through(&self, graph: &Graph, first: EdgeId) -> Option<Vec<EdgeId>> {
        let edge = &graph.edges[first];
        if self.is_target[edge.to] || edge.reach == Reach::NameOnly {
            return None;
        }
        let next = if edge.reach == Reach::Crate { &self.crate_next } else { &self.next };
        let mut chain = vec![first];
        let mut at = edge.to;
        while !self.is_target[at] {
            let edge = next[at]?;
            chain.push(edge);
            at = graph.edges[edge].to;
        }
        Some(chain)
    }

    /// The length of the chain behind an edge, for comparing.
    pub(crate) fn length_through(&self, graph: &Graph, first: EdgeId) -> u32 {
        let edge = &graph.edges[first];
        match edge.reach {
            _ if self.is_target[edge.to] => 0,
            Reach::NameOnly => u32::MAX,
            Reach::Crate => self.crate_distance[edge.to],
            _ => self.distance[edge.to],
        }
    }
}
