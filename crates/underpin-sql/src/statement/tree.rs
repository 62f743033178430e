//! Expressions as SQL.

use underpin_core::Error;

use super::render::{Bound, Renderer};
use super::write::cast;
use crate::query::direction;
use crate::{FrameEnd, Function, Node, Order, Param, Tail, Tree, Window};

impl<'a> Renderer<'a> {
    /// An expression.
    pub(super) fn tree(&mut self, tree: &'a Tree) {
        match &tree.node {
            Node::Column(column) => self.column(column),
            Node::Param(value, of) => {
                self.value(value, tree.ty, *of);
                // Elsewhere than beside a column the server could take it for another type.
                if self.dialect.capability.array_parameters {
                    cast(&mut self.text, tree.ty, false);
                }
            }
            Node::Number(number) => _ = self.text.push(&number.to_string()),
            Node::Word(word) => _ = self.text.push("'").push(word).push("'"),
            Node::Refused(why) => self.refuse(|| Error::usage(*why, "see the example of the method")),
            Node::Compare(comparison, sides) => {
                let [left, right] = &**sides;
                self.operand(left);
                self.text.push(" ").push(comparison.sql()).push(" ");
                match (&left.node, &right.node) {
                    (Node::Column(_), Node::Param(value, of)) => self.value(value, right.ty, *of),
                    _ => self.operand(right),
                }
            }
            Node::CompareRows(comparison, left, right) => {
                self.text.push("(");
                self.list(left);
                self.text.push(") ").push(comparison.sql()).push(" (");
                self.list(right);
                self.text.push(")");
            }
            Node::In(of, values) => self.among(of, values),
            Node::InSelect(of, select) => {
                self.operand(of);
                self.text.push(" IN (");
                self.select(select);
                self.text.push(")");
            }
            Node::IsNull(of, negated) => {
                self.operand(of);
                self.text.push(if *negated { " IS NOT NULL" } else { " IS NULL" });
            }
            Node::And(all) => self.joined(all, " AND ", "1 = 1"),
            Node::Or(any) => self.joined(any, " OR ", "1 = 0"),
            Node::Not(of) => {
                self.text.push("NOT (");
                self.tree(of);
                self.text.push(")");
            }
            Node::Call(function, args, tail) => self.call(function, args, tail.as_deref()),
            Node::Case(when, otherwise) => {
                self.text.push("CASE");
                for (condition, value) in when {
                    self.text.push(" WHEN ");
                    self.tree(condition);
                    self.text.push(" THEN ");
                    self.tree(value);
                }
                if let Some(otherwise) = otherwise {
                    self.text.push(" ELSE ");
                    self.tree(otherwise);
                }
                self.text.push(" END");
            }
            Node::Exists(select) => {
                self.text.push("EXISTS (");
                self.select(select);
                self.text.push(")");
            }
            Node::Scalar(select) => {
                self.text.push("(");
                self.select(select);
                self.text.push(")");
            }
            Node::As(of) => self.tree(of),
        }
    }

    /// An expression that stands beside an operator.
    pub(super) fn operand(&mut self, tree: &'a Tree) {
        let compound = match &tree.node {
            Node::And(_)
            | Node::Or(_)
            | Node::Not(_)
            | Node::Compare(..)
            | Node::CompareRows(..)
            | Node::In(..)
            | Node::InSelect(..)
            | Node::IsNull(..) => true,
            Node::As(of) => return self.operand(of),
            _ => false,
        };
        self.text.push(if compound { "(" } else { "" });
        self.tree(tree);
        self.text.push(if compound { ")" } else { "" });
    }

    fn among(&mut self, of: &'a Tree, values: &'a [Param]) {
        if values.is_empty() {
            self.text.push("1 = 0");
            return;
        }
        self.operand(of);
        let subject = of.subject();
        if self.dialect.capability.array_parameters {
            // Not `= ANY($1)`: a plan that was made while the table was small compares every row with every value,
            // and stays in use when both have grown. This form is joined by hash or index.
            self.text.push(" IN (SELECT unnest(").param();
            cast(&mut self.text, of.ty, true);
            self.text.push("))");
            self.params.push(Bound::Array(values, of.ty, subject));
            return;
        }
        self.text.push(" IN (");
        for (index, value) in values.iter().enumerate() {
            self.text.push(if index > 0 { ", " } else { "" });
            self.value(value, of.ty, subject);
        }
        self.text.push(")");
    }

    fn joined(&mut self, parts: &'a [Tree], between: &str, of_none: &str) {
        if parts.is_empty() {
            self.text.push(of_none);
        }
        for (index, part) in parts.iter().enumerate() {
            self.text.push(if index > 0 { between } else { "" });
            let compound = matches!(part.node, Node::And(_) | Node::Or(_));
            self.text.push(if compound { "(" } else { "" });
            self.tree(part);
            self.text.push(if compound { ")" } else { "" });
        }
    }

    /// Fills the holes of a function's text.
    fn call(&mut self, function: &'static Function, args: &'a [Tree], tail: Option<&'a Tail>) {
        let mut rest = function.sql(self.dialect);
        if rest.is_empty() {
            let dialect = self.dialect;
            self.refuse(|| function.is_missing(dialect));
        }
        while let Some((before, after)) = rest.split_once('{') {
            self.text.push(before);
            let Some((hole, after)) = after.split_once('}') else { break };
            rest = after;
            match hole {
                ".." => self.arguments(args, tail),
                "tail" => self.tail(tail),
                "1:word" => {
                    if let Some(Node::Word(word)) = args.get(1).map(|arg| &arg.node) {
                        self.text.push(word);
                    }
                }
                index => match index.parse().ok().and_then(|index: usize| args.get(index)) {
                    Some(arg) => self.operand(arg),
                    None => _ = self.text.push("NULL"),
                },
            }
        }
        self.text.push(rest);
    }

    fn arguments(&mut self, args: &'a [Tree], tail: Option<&'a Tail>) {
        self.text.push(if tail.is_some_and(|tail| tail.distinct) { "DISTINCT " } else { "" });
        for (index, arg) in args.iter().enumerate() {
            self.text.push(if index > 0 { ", " } else { "" });
            self.operand(arg);
        }
        if let Some(tail) = tail.filter(|tail| !tail.order.is_empty()) {
            self.order(&tail.order);
        }
    }

    fn tail(&mut self, tail: Option<&'a Tail>) {
        let Some(tail) = tail else { return };
        if let Some(filter) = &tail.filter {
            self.text.push(" FILTER (WHERE ");
            self.tree(filter);
            self.text.push(")");
        }
        if let Some(over) = &tail.over {
            self.window(over);
        }
    }

    fn window(&mut self, window: &'a Window) {
        self.text.push(" OVER (");
        if !window.partition.is_empty() {
            self.text.push("PARTITION BY ");
            self.list(&window.partition);
        }
        if !window.order.is_empty() {
            self.order(&window.order);
        }
        if let Some(frame) = window.frame {
            self.text.push(" ROWS BETWEEN ");
            self.frame_end(frame.from);
            self.text.push(" AND ");
            self.frame_end(frame.to);
        }
        self.text.push(")");
    }

    fn frame_end(&mut self, end: FrameEnd) {
        match end {
            FrameEnd::First => self.text.push("UNBOUNDED PRECEDING"),
            FrameEnd::Before(rows) => self.text.push(&format!("{rows} PRECEDING")),
            FrameEnd::Current => self.text.push("CURRENT ROW"),
            FrameEnd::After(rows) => self.text.push(&format!("{rows} FOLLOWING")),
            FrameEnd::Last => self.text.push("UNBOUNDED FOLLOWING"),
        };
    }

    /// ` ORDER BY ..`
    pub(super) fn order(&mut self, order: &'a [Order]) {
        self.text.push(" ORDER BY ");
        for (index, key) in order.iter().enumerate() {
            self.text.push(if index > 0 { ", " } else { "" });
            self.tree(&key.by);
            self.text.push(direction(key.sort));
            self.nulls(key);
        }
    }

    /// Said aloud, because the dialects' own defaults differ; left out where it cannot matter, so that an index
    /// serves.
    pub(super) fn nulls(&mut self, key: &Order) {
        let required = match &key.by.node {
            Node::Column(column) => !column.is_nullable() && !self.may_lack(column),
            _ => false,
        };
        if !required {
            self.text.push(if key.puts_nulls_first() { " NULLS FIRST" } else { " NULLS LAST" });
        }
    }

    /// Expressions with commas between.
    pub(super) fn list(&mut self, trees: &'a [Tree]) {
        for (index, tree) in trees.iter().enumerate() {
            self.text.push(if index > 0 { ", " } else { "" });
            self.tree(tree);
        }
    }
}
