//! What a picture shows: boxes in layers, and arrows between them.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    Graph, Problem, Result,
    check::judge_entry,
    config::{Config, Date, Settings},
    contract::Judge,
    graph::{Context, NodeId, Reach, feedback},
};

/// Boxes and arrows.
#[derive(Debug, Default)]
pub(crate) struct Picture {
    /// Titles of the layers, highest first.
    pub layers: Vec<String>,
    pub boxes: Vec<Box>,
    pub arrows: Vec<Arrow>,
}

/// A crate or module.
#[derive(Debug)]
pub(crate) struct Box {
    pub label: String,
    pub layer: Option<usize>,
}

/// Imports of one box from another.
#[derive(Debug)]
pub(crate) struct Arrow {
    pub from: usize,
    pub to: usize,
    pub imports: usize,
    pub style: Style,
}

/// How an arrow is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Style {
    Plain,
    /// A contract forbids it.
    Forbidden,
    /// Without it there would be no circle.
    Breaker,
    /// For tests only.
    Test,
}

/// What is drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Level {
    /// Libraries and programs.
    #[default]
    Crate,
    /// Every module.
    Module,
}

impl Picture {
    /// Draws a graph, with the layers and verdicts of a file of contracts if there is one.
    pub(crate) fn new(
        graph: &Graph,
        config: Option<&Config>,
        level: Level,
        focus: Option<&str>,
    ) -> Result<Self> {
        let focus = focus
            .map(|path| {
                graph.find(path).ok_or_else(|| {
                    Problem::new(format!("there is no module `{path}`"), "name a module by its whole path")
                })
            })
            .transpose()?;
        let unit = units(graph, level, focus.is_some());
        let inside = |node: NodeId| focus.is_none_or(|focus| graph.subtree(focus).contains(&node));
        let mut pairs: BTreeMap<(NodeId, NodeId), (usize, bool)> = BTreeMap::new();
        for edge in &graph.edges {
            let (Some(from), Some(to)) = (unit[edge.from], unit[edge.to]) else { continue };
            let drawn = (level == Level::Crate) == (edge.reach == Reach::Crate);
            if from != to && drawn && edge.is_direct() && (inside(from) || inside(to)) {
                let pair = pairs.entry((from, to)).or_insert((0, true));
                pair.0 += 1;
                pair.1 &= edge.context != Context::Normal;
            }
        }
        if level == Level::Crate {
            count_imports(graph, &unit, &mut pairs);
        }
        let mut shown: BTreeSet<NodeId> = pairs.keys().flat_map(|(from, to)| [*from, *to]).collect();
        shown.extend(unit.iter().flatten().copied().filter(|unit| inside(*unit)));
        let (layers, placed) = config.map_or_else(Default::default, |config| layers(graph, config));
        let forbidden = config.map_or_else(BTreeSet::new, |config| forbidden(graph, config, &unit));
        let normal = pairs.iter().filter(|(_, (_, test))| !test).map(|(pair, (count, _))| (*pair, *count));
        let breakers = feedback(&normal.collect());
        let at: BTreeMap<NodeId, usize> = shown.iter().enumerate().map(|(at, node)| (*node, at)).collect();
        let boxes = shown
            .iter()
            .map(|node| Box {
                label: graph.nodes[*node].path.clone(),
                layer: placed
                    .iter()
                    .find(|(it, _)| graph.subtree(**it).contains(node))
                    .map(|(_, rank)| *rank),
            })
            .collect();
        let arrow = |(pair, (imports, test)): (&(NodeId, NodeId), &(usize, bool))| Arrow {
            from: at[&pair.0],
            to: at[&pair.1],
            imports: *imports,
            style: match () {
                () if forbidden.contains(pair) => Style::Forbidden,
                () if *test => Style::Test,
                () if breakers.contains(pair) => Style::Breaker,
                () => Style::Plain,
            },
        };
        let arrows = pairs.iter().map(arrow).collect();
        Ok(Self { layers, boxes, arrows })
    }
}

impl Picture {
    /// Only arrows that do not follow from others, without their numbers.
    pub(crate) fn outline(mut self) -> Self {
        self.arrows.retain(|arrow| arrow.style != Style::Test);
        let pairs: BTreeSet<(usize, usize)> =
            self.arrows.iter().map(|arrow| (arrow.from, arrow.to)).collect();
        let leads = |from: usize, to: usize| {
            let mut seen = BTreeSet::from([from]);
            let mut waiting: Vec<usize> = vec![from];
            while let Some(at) = waiting.pop() {
                for (_, next) in pairs.range((at, 0)..(at + 1, 0)) {
                    // The arrow itself is no way round.
                    if (at, *next) != (from, to) && seen.insert(*next) {
                        waiting.push(*next);
                    }
                }
            }
            seen.contains(&to)
        };
        self.arrows.retain(|arrow| arrow.style != Style::Plain || !leads(arrow.from, arrow.to));
        self.arrows.iter_mut().for_each(|arrow| arrow.imports = 0);
        self
    }
}

/// Which box each node belongs to.
fn units(graph: &Graph, level: Level, focused: bool) -> Vec<Option<NodeId>> {
    let mut unit = vec![None; graph.nodes.len()];
    for root in graph.crates() {
        let side = graph.nodes[root].test || graph.nodes[root].path.ends_with("(build)");
        if side && !focused {
            continue;
        }
        // A program beside a library belongs to its box.
        let path = graph.nodes[root].path.as_str();
        let library = path.split_once('(').and_then(|(library, _)| graph.find(library));
        for node in graph.subtree(root) {
            unit[node] = match level {
                Level::Crate => Some(library.unwrap_or(root)),
                Level::Module if graph.nodes[node].test && !focused => None,
                Level::Module => Some(node),
            };
        }
    }
    unit
}

/// Between crates an arrow counts the imports, not the line of the manifest.
fn count_imports(
    graph: &Graph,
    unit: &[Option<NodeId>],
    pairs: &mut BTreeMap<(NodeId, NodeId), (usize, bool)>,
) {
    let mut counts: BTreeMap<(NodeId, NodeId), usize> = BTreeMap::new();
    for edge in graph.edges.iter().filter(|edge| edge.reach != Reach::Crate && edge.is_direct()) {
        if let (Some(from), Some(to)) = (unit[edge.from], unit[edge.to])
            && from != to
        {
            *counts.entry((from, to)).or_default() += 1;
            pairs.entry((from, to)).or_insert((0, edge.context != Context::Normal));
        }
    }
    for (pair, entry) in pairs.iter_mut() {
        entry.0 = counts.get(pair).copied().unwrap_or(0);
    }
}

/// The layers of all contracts that have some, and which module is in which.
fn layers(graph: &Graph, config: &Config) -> (Vec<String>, BTreeMap<NodeId, usize>) {
    let mut titles = Vec::new();
    let mut placed = BTreeMap::new();
    let judge = judge(graph, &config.settings);
    for contract in config.contracts.iter().filter_map(|entry| entry.contract.layers()) {
        let Ok(stacks) = contract.stacks(&judge) else { continue };
        for stack in stacks {
            for member in stack {
                if placed.contains_key(&member.node) {
                    continue;
                }
                let title = contract.title(member.rank);
                let at = titles.iter().position(|known| *known == title).unwrap_or_else(|| {
                    titles.push(title);
                    titles.len() - 1
                });
                placed.insert(member.node, at);
            }
        }
    }
    (titles, placed)
}

fn judge<'a>(graph: &'a Graph, settings: &'a Settings) -> Judge<'a> {
    Judge { graph, settings, ignored: Vec::new() }
}

/// Pairs of boxes with an import that is part of a violation.
fn forbidden(graph: &Graph, config: &Config, unit: &[Option<NodeId>]) -> BTreeSet<(NodeId, NodeId)> {
    let mut found = BTreeSet::new();
    for entry in &config.contracts {
        let Ok((violations, _)) = judge_entry(config, graph, entry, Date::today()) else { continue };
        for step in violations.iter().flat_map(|violation| &violation.chain.steps) {
            let node = |path: &str| graph.find(path).and_then(|node| unit[node]);
            if let (Some(from), Some(to)) = (node(&step.from), node(&step.to)) {
                found.insert((from, to));
            }
        }
    }
    found
}
