//! What holds for every graph: random ones, with branches, merges, dependencies and squashes.

use std::collections::BTreeSet;

use proptest::prelude::*;
use proptest::sample::Index;
use underpin_migrate::{Destination, Graph, Move, Moves, Revision};

use crate::notation::{Node, closed, graph};

/// For each revision, what it revises and what it depends on among those before it, and where its name sorts.
type Draft = Vec<(Vec<Index>, Vec<Index>, u16)>;

fn drafts() -> impl Strategy<Value = Draft> {
    let edges = |most| prop::collection::vec(any::<Index>(), 0..=most);
    prop::collection::vec((edges(3), edges(2), any::<u16>()), 1..16)
}

/// The revisions of a draft, each behind those on which it stands. Names say nothing of the order.
fn nodes(draft: &Draft) -> Vec<Node> {
    let ids: Vec<String> =
        draft.iter().enumerate().map(|(at, (_, _, sort))| format!("r{sort:05}_{at}")).collect();
    let pick = |at: usize, edges: &[Index]| -> BTreeSet<String> {
        if at == 0 { BTreeSet::new() } else { edges.iter().map(|edge| ids[edge.index(at)].clone()).collect() }
    };
    let revision = |(at, (revises, depends_on, _)): (usize, &(Vec<Index>, Vec<Index>, u16))| {
        let revises = pick(at, revises);
        let depends_on = pick(at, depends_on).difference(&revises).cloned().collect();
        Node {
            file: format!("{}.sql", ids[at]),
            id: ids[at].clone(),
            revises: revises.into_iter().collect(),
            depends_on,
            ..Node::default()
        }
    };
    draft.iter().enumerate().map(revision).collect()
}

fn picked<'n>(nodes: &'n [Node], picks: &[Index]) -> Vec<&'n str> {
    picks.iter().map(|pick| pick.get(nodes).id.as_str()).collect()
}

/// Takes the steps one by one; after each, what is applied is closed.
fn take<'g>(graph: &'g Graph, moves: &Moves<'g>, applied: &BTreeSet<&str>) -> BTreeSet<String> {
    let mut now: BTreeSet<String> = applied.iter().map(|id| (*id).to_owned()).collect();
    assert_eq!(moves.heads_before(), heads(graph, &now));
    for step in moves.steps() {
        match step {
            Move::Up(revision) => assert!(now.insert(revision.id().to_owned()), "{step} twice"),
            Move::Down(revision) => assert!(now.remove(revision.id()), "{step} without being applied"),
            Move::Record { insert, remove, .. } => {
                remove.iter().for_each(|id| assert!(now.remove(id), "{step} removes {id}"));
                insert
                    .iter()
                    .for_each(|new| assert!(now.insert(new.id().to_owned()), "{step} inserts {new:?}"));
            }
            _ => panic!("a new kind of move: {step}"),
        }
        graph.check_applied(&borrowed(&now)).unwrap();
    }
    assert_eq!(moves.heads_after(), heads(graph, &now));
    now
}

fn borrowed(ids: &BTreeSet<String>) -> BTreeSet<&str> {
    ids.iter().map(String::as_str).collect()
}

fn heads<'g>(graph: &'g Graph, applied: &BTreeSet<String>) -> Vec<&'g str> {
    let mut heads: Vec<_> = graph.heads_of(&borrowed(applied)).into_iter().map(Revision::id).collect();
    heads.sort_unstable();
    heads
}

fn to(text: &str) -> Destination {
    text.parse().unwrap()
}

fn visited(moves: &Moves<'_>) -> Vec<String> {
    let id = |step: &Move<'_>| match step {
        Move::Up(revision) | Move::Down(revision) => revision.id().to_owned(),
        _ => panic!("{step} is no revision"),
    };
    moves.steps().iter().map(id).collect()
}

/// All that stands on a revision, itself included.
fn above<'n>(nodes: &'n [Node], of: &'n str) -> BTreeSet<&'n str> {
    let mut above = BTreeSet::from([of]);
    // Each comes behind what it stands on, so that one pass finds all.
    for node in nodes {
        if node.revises.iter().chain(&node.depends_on).any(|below| above.contains(below.as_str())) {
            above.insert(&node.id);
        }
    }
    above
}

proptest! {
    #[test]
    fn all_the_way_up_and_down_visits_each_once_in_opposite_orders(draft in drafts()) {
        let nodes = nodes(&draft);
        let graph = graph(&nodes).unwrap();
        let up = graph.upgrade(&BTreeSet::new(), &Destination::heads()).unwrap();
        let all = take(&graph, &up, &BTreeSet::new());
        let down = graph.downgrade(&borrowed(&all), &Destination::base()).unwrap();
        prop_assert!(take(&graph, &down, &borrowed(&all)).is_empty());
        prop_assert_eq!(all.len(), nodes.len());
        let mut back = visited(&down);
        back.reverse();
        prop_assert_eq!(&visited(&up), &back);
        let order: Vec<_> = graph.iter().map(Revision::id).collect();
        prop_assert_eq!(order, back);
    }

    #[test]
    fn an_upgrade_ends_where_it_should(
        draft in drafts(), rows in prop::collection::vec(any::<Index>(), 0..4), target in any::<Index>(),
    ) {
        let nodes = nodes(&draft);
        let graph = graph(&nodes).unwrap();
        let applied = closed(&nodes, &picked(&nodes, &rows));
        let target = target.get(&nodes).id.as_str();
        let after = take(&graph, &graph.upgrade(&applied, &to(target)).unwrap(), &applied);
        let mut expected = applied.clone();
        expected.extend(closed(&nodes, &[target]));
        prop_assert_eq!(borrowed(&after), expected);
    }

    #[test]
    fn a_downgrade_takes_away_what_stands_on_the_children(
        draft in drafts(), rows in prop::collection::vec(any::<Index>(), 1..4), target in any::<Index>(),
    ) {
        let nodes = nodes(&draft);
        let graph = graph(&nodes).unwrap();
        let applied = closed(&nodes, &picked(&nodes, &rows));
        let target = target.get(&nodes).id.as_str();
        let moves = graph.downgrade(&applied, &to(target));
        if !applied.contains(target) {
            prop_assert!(moves.unwrap_err().is_destination());
            return Ok(());
        }
        let after = take(&graph, &moves.unwrap(), &applied);
        let children = nodes.iter().filter(|node| node.revises.iter().any(|parent| parent == target));
        let gone: BTreeSet<_> = children.flat_map(|child| above(&nodes, &child.id)).collect();
        prop_assert_eq!(borrowed(&after), applied.difference(&gone).copied().collect::<BTreeSet<_>>());
    }

    #[test]
    fn a_downgrade_to_where_an_upgrade_began_takes_it_back(
        draft in drafts(), start in any::<Index>(), target in any::<Index>(),
    ) {
        let nodes = nodes(&draft);
        let graph = graph(&nodes).unwrap();
        let start = start.get(&nodes).id.as_str();
        let before = closed(&nodes, &[start]);
        let up = graph.upgrade(&before, &to(target.get(&nodes).id.as_str())).unwrap();
        let top = take(&graph, &up, &before);
        let down = graph.downgrade(&borrowed(&top), &to(start)).unwrap();
        let after = take(&graph, &down, &borrowed(&top));
        // What came along from other branches stays; if nothing did, all is as it was.
        let children = nodes.iter().filter(|node| node.revises.iter().any(|parent| parent == start));
        let own: BTreeSet<_> = children.flat_map(|child| above(&nodes, &child.id)).collect();
        if visited(&up).iter().all(|id| own.contains(id.as_str())) {
            prop_assert_eq!(borrowed(&after), before);
        } else {
            prop_assert!(before.is_subset(&borrowed(&after)));
        }
    }

    #[test]
    fn a_stamp_leaves_a_closed_set_with_each_destination_in_it(
        draft in drafts(),
        rows in prop::collection::vec(any::<Index>(), 0..4),
        targets in prop::collection::vec(any::<Index>(), 1..4),
    ) {
        let nodes = nodes(&draft);
        let graph = graph(&nodes).unwrap();
        let applied = closed(&nodes, &picked(&nodes, &rows));
        let targets = picked(&nodes, &targets);
        let destinations: Vec<_> = targets.iter().map(|target| to(target)).collect();
        let moves = graph.stamp(&applied, &destinations).unwrap();
        let is_record = |step: &Move<'_>| matches!(step, Move::Record { .. });
        prop_assert!(moves.steps().iter().all(is_record));
        let after = take(&graph, &moves, &applied);
        prop_assert!(targets.iter().all(|target| after.contains(*target)));
        if let [target] = targets.as_slice() {
            prop_assert!(moves.heads_after().contains(target), "{target} is no row");
        }
        let reversed: Vec<_> = destinations.into_iter().rev().collect();
        let other = graph.stamp(&applied, &reversed).unwrap();
        prop_assert_eq!(moves.heads_after(), other.heads_after());
        let nothing = graph.stamp(&borrowed(&after), &[Destination::base()]).unwrap();
        prop_assert!(take(&graph, &nothing, &borrowed(&after)).is_empty());
    }

    #[test]
    fn the_order_is_the_same_for_any_order_of_files(
        draft in drafts(), shuffled in prop::collection::vec(any::<u16>(), 16),
    ) {
        let nodes = nodes(&draft);
        let mut others: Vec<_> = nodes.iter().zip(shuffled).collect();
        others.sort_by_key(|(_, sort)| *sort);
        let others: Vec<Node> = others
            .into_iter()
            .map(|(node, _)| Node { file: format!("elsewhere/{}", node.file), ..node.clone() })
            .collect();
        let (one, other) = (graph(&nodes).unwrap(), graph(&others).unwrap());
        prop_assert!(one.iter().map(Revision::id).eq(other.iter().map(Revision::id)));
    }

    #[test]
    fn a_history_shows_each_above_what_it_stands_on_and_is_drawn_whole(draft in drafts()) {
        let nodes = nodes(&draft);
        let graph = graph(&nodes).unwrap();
        let shown = graph.history(&":".parse().unwrap(), &BTreeSet::new()).unwrap();
        prop_assert_eq!(shown.len(), nodes.len());
        let place = |id: &str| shown.iter().position(|revision| revision.id() == id);
        for node in &nodes {
            for below in node.revises.iter().chain(&node.depends_on) {
                prop_assert!(place(&node.id) < place(below), "{} is not above {below}", node.id);
            }
        }
        let drawing = graph.drawing(&shown);
        let drawn: Vec<_> = drawing.rows().iter().filter_map(|row| row.revision()).collect();
        prop_assert_eq!(drawn, shown);
        for row in drawing.rows() {
            prop_assert_eq!(row.lanes().matches('*').count(), usize::from(row.revision().is_some()));
            prop_assert!(!row.lanes().is_empty() && !row.lanes().ends_with(' '));
        }
    }

    #[test]
    fn every_database_ends_at_the_squash_wherever_it_was(
        draft in drafts(),
        squashed in prop::collection::vec(any::<Index>(), 1..4),
        rows in prop::collection::vec(any::<Index>(), 0..4),
    ) {
        let mut nodes = nodes(&draft);
        let replaces: Vec<String> =
            closed(&nodes, &picked(&nodes, &squashed)).into_iter().map(str::to_owned).collect();
        let applied: BTreeSet<String> =
            closed(&nodes, &picked(&nodes, &rows)).into_iter().map(str::to_owned).collect();
        let mut expected: BTreeSet<String> = nodes.iter().map(|node| node.id.clone()).collect();
        expected.retain(|id| !replaces.contains(id));
        expected.insert("squash".to_owned());
        let squash = Node { file: "squash.sql".to_owned(), id: "squash".to_owned(), replaces, ..Node::default() };
        nodes.push(squash);
        let graph = graph(&nodes).unwrap();
        let up = graph.upgrade(&borrowed(&applied), &Destination::heads()).unwrap();
        let after = take(&graph, &up, &borrowed(&applied));
        prop_assert_eq!(&after, &expected);
        let down = graph.downgrade(&borrowed(&after), &Destination::base()).unwrap();
        prop_assert!(take(&graph, &down, &borrowed(&after)).is_empty());
    }
}
