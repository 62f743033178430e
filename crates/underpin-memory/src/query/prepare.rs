//! From a query as a tree to one that can be run.

use underpin_core::{ColumnType, Datum, Error, Result};
use underpin_schema::TableDef;
use underpin_sql::{ColumnRef, Comparison, Node, Order, Param, Select, Tree};

use super::{Aggregate, Call, Distinct, Expr, Key, Plan, Source};
use crate::compare::is_ordered;
use crate::rules::Rules;

/// The tables that one query reads, with the names that it gives them.
struct Level {
    tables: Vec<(&'static TableDef, Option<&'static str>)>,
}

/// What is around the place that is being prepared.
struct Prepare<'a> {
    rules: &'a Rules,
    /// The queries around it, the outermost first.
    levels: Vec<Level>,
    /// The aggregates of the innermost query, while they may stand there.
    aggregates: Option<Vec<Aggregate>>,
}

/// Prepares a query.
///
/// # Errors
/// If a value of it does not fit its column, or only a database can run it.
pub(crate) fn plan(rules: &Rules, select: &Select) -> Result<Plan> {
    Prepare { rules, levels: Vec::new(), aggregates: None }.plan(select)
}

/// Prepares an expression on the rows of one table.
///
/// # Errors
/// As there.
pub(crate) fn expression(rules: &Rules, table: &'static TableDef, tree: &Tree) -> Result<Expr> {
    let levels = vec![Level { tables: vec![(table, None)] }];
    Prepare { rules, levels, aggregates: None }.expr(tree)
}

/// Prepares a condition on the rows of one table.
///
/// # Errors
/// As there.
pub(crate) fn condition(rules: &Rules, select: &Select) -> Result<Option<Expr>> {
    select.filter.as_ref().map(|filter| expression(rules, select.from.table, filter)).transpose()
}

/// The error of what the store does not evaluate.
fn needs_database(what: &str, table: &str) -> Error {
    Error::usage(
        format!("the in-memory store has no {what}, which the query on table {table} needs"),
        "test this query against PostgreSQL or SQLite",
    )
}

impl Prepare<'_> {
    fn plan(&mut self, select: &Select) -> Result<Plan> {
        let table = select.from.table;
        let lacks = [
            (select.written.is_some(), "SQL"),
            (select.explain, "plans"),
            (!select.with.is_empty(), "common table expressions"),
        ];
        if let Some((_, what)) = lacks.into_iter().find(|(needed, _)| *needed) {
            return Err(needs_database(what, table.name));
        }
        let tables = std::iter::once(&select.from).chain(select.joins.iter().map(|join| &join.source));
        let tables: Vec<_> = tables.map(|source| (source.table, source.alias)).collect();
        let names: Vec<&str> = tables.iter().map(|(table, alias)| alias.unwrap_or(table.name)).collect();
        if let Some((_, name)) = names.iter().enumerate().find(|(at, name)| names[..*at].contains(name)) {
            return Err(Error::usage(
                format!("the query reads two tables under the name {}", name.escape_debug()),
                "give one of them another name by `alias`",
            ));
        }
        if names.iter().any(|name| name.contains('\0')) {
            return Err(Error::usage(
                "the name of a table in a query holds a NUL character",
                "name it otherwise",
            ));
        }
        let from = match &select.inner {
            Some(inner) => Source::Query(Box::new(self.plan(inner)?)),
            None => Source::Table(self.rules.position(table)?),
        };
        self.levels.push(Level { tables });
        let around = self.aggregates.take();
        let plan = self.inside(select, from);
        self.aggregates = around;
        self.levels.pop();
        plan
    }

    fn inside(&mut self, select: &Select, from: Source) -> Result<Plan> {
        let mut joins = Vec::with_capacity(select.joins.len());
        for join in &select.joins {
            let source = Source::Table(self.rules.position(join.source.table)?);
            let on = join.on.as_ref().map(|on| self.expr(on)).transpose()?;
            joins.push((join.kind, source, on));
        }
        let filter = select.filter.as_ref().map(|filter| self.expr(filter)).transpose()?;
        let group = select.group.iter().map(|tree| self.expr(tree)).collect::<Result<Vec<_>>>()?;
        self.aggregates = Some(Vec::new());
        let columns = select.columns.iter().map(|tree| Ok((self.expr(tree)?, tree.ty)));
        let columns = columns.collect::<Result<Vec<_>>>()?;
        let having = select.having.as_ref().map(|having| self.expr(having)).transpose()?;
        let distinct = match &select.distinct {
            underpin_sql::Distinct::No => Distinct::No,
            underpin_sql::Distinct::Rows => Distinct::Rows,
            underpin_sql::Distinct::On(by) => {
                let by = by.iter().map(|tree| Ok((self.expr(tree)?, tree.ty)));
                Distinct::On(by.collect::<Result<_>>()?)
            }
        };
        let order = if select.set.is_empty() {
            self.keys(&select.order)?
        } else {
            select.order.iter().map(|order| place(select, order)).collect::<Result<_>>()?
        };
        let aggregates = self.aggregates.take().unwrap_or_default();
        let grouped = !select.group.is_empty() || having.is_some() || !aggregates.is_empty();
        let set = select.set.iter().map(|(operation, other)| {
            let beside = self.levels.pop();
            let other = self.plan(other);
            self.levels.extend(beside);
            Ok((*operation, other?))
        });
        let set = set.collect::<Result<_>>()?;
        let count = |rows: u64| usize::try_from(rows).unwrap_or(usize::MAX);
        Ok(Plan {
            from,
            joins,
            filter,
            group: grouped.then_some(group),
            aggregates,
            having,
            columns,
            distinct,
            order,
            set,
            limit: select.limit.map(count),
            offset: select.offset.map_or(0, count),
        })
    }

    fn keys(&mut self, order: &[Order]) -> Result<Vec<Key>> {
        let key = |order: &Order| {
            check_ordered(&order.by)?;
            Ok(Key { by: Some(self.expr(&order.by)?), ..key(order, 0) })
        };
        order.iter().map(key).collect()
    }

    fn all(&mut self, trees: &[Tree]) -> Result<Vec<Expr>> {
        trees.iter().map(|tree| self.expr(tree)).collect()
    }

    fn boxed(&mut self, tree: &Tree) -> Result<Box<Expr>> {
        self.expr(tree).map(Box::new)
    }

    /// Prepares an expression.
    fn expr(&mut self, tree: &Tree) -> Result<Expr> {
        Ok(match &tree.node {
            Node::Column(column) => self.column(column)?,
            Node::Param(value, of) => Expr::Value(self.read(*of, tree.ty, value)?),
            Node::Number(number) => Expr::Value(Datum::Int(*number)),
            Node::Word(word) => Expr::Value(Datum::Text((*word).to_owned())),
            Node::Refused(why) => return Err(Error::usage(*why, "see the example of the method")),
            Node::Compare(comparison, sides) => {
                let [left, right] = &**sides;
                if !matches!(comparison, Comparison::Eq | Comparison::Ne) {
                    check_ordered(left)?;
                }
                Expr::Compare(*comparison, left.ty, Box::new([self.expr(left)?, self.expr(right)?]))
            }
            Node::CompareRows(comparison, left, right) => {
                let pair = |(left, right): (&Tree, &Tree)| Ok((self.expr(left)?, self.expr(right)?, left.ty));
                Expr::CompareRows(*comparison, left.iter().zip(right).map(pair).collect::<Result<_>>()?)
            }
            Node::In(of, values) => {
                let subject = of.subject();
                let values = values.iter().map(|value| self.read(subject, of.ty, value));
                let values = values.collect::<Result<_>>()?;
                Expr::In(self.boxed(of)?, of.ty, values)
            }
            Node::InSelect(of, select) => Expr::InQuery(self.boxed(of)?, of.ty, Box::new(self.plan(select)?)),
            Node::IsNull(of, negated) => Expr::IsNull(self.boxed(of)?, *negated),
            Node::And(parts) => Expr::And(self.all(parts)?),
            Node::Or(parts) => Expr::Or(self.all(parts)?),
            Node::Not(of) => Expr::Not(self.boxed(of)?),
            Node::Call(function, args, None) => Expr::Call(self.call(function, args, tree.ty)?),
            Node::Call(function, args, Some(tail)) => {
                if tail.is_windowed() {
                    return Err(needs_database("windows", self.table()));
                }
                // Arguments are evaluated for each row, so that no aggregate stands in them.
                let Some(mut aggregates) = self.aggregates.take() else {
                    return Err(Error::usage(
                        format!("the aggregate {tree} stands where rows are looked at one by one"),
                        "put it behind `select`, `having` or `order_by`",
                    ));
                };
                let call = self.call(function, args, tree.ty)?;
                let filter = tail.filter().map(|filter| self.expr(filter)).transpose()?;
                let order = self.keys(tail.order())?;
                aggregates.push(Aggregate { call, distinct: tail.is_distinct(), filter, order });
                let place = aggregates.len() - 1;
                self.aggregates = Some(aggregates);
                Expr::Aggregate(place)
            }
            Node::Case(when, otherwise) => {
                let pair = |(condition, value): &(Tree, Tree)| Ok((self.expr(condition)?, self.expr(value)?));
                let when = when.iter().map(pair).collect::<Result<_>>()?;
                Expr::Case(when, otherwise.as_deref().map(|tree| self.boxed(tree)).transpose()?)
            }
            Node::Exists(select) => Expr::Exists(Box::new(self.plan(select)?)),
            Node::Scalar(select) => Expr::Scalar(Box::new(self.plan(select)?)),
            Node::As(of) => return self.expr(of),
            _ => return Err(needs_database("such an expression", self.table())),
        })
    }

    fn call(
        &mut self,
        function: &'static underpin_sql::Function,
        args: &[Tree],
        ty: ColumnType,
    ) -> Result<Call> {
        if !super::call::is_known(function) {
            return Err(needs_database(&format!("function {}", function.name), self.table()));
        }
        // What is not shown is about how a database stores things, but for the unit of a time.
        let shown = function.arguments(args).len();
        let counts = |(at, arg): &(usize, &Tree)| *at < shown || matches!(arg.node, Node::Word(_));
        let args: Vec<Tree> = args.iter().enumerate().filter(counts).map(|(_, arg)| arg.clone()).collect();
        let of = args.first().map_or(ty, |arg| arg.ty);
        Ok(Call { function, args: self.all(&args)?, of, ty })
    }

    /// The name of the first table of the innermost query.
    fn table(&self) -> &'static str {
        self.levels.last().and_then(|level| level.tables.first()).map_or("", |(table, _)| table.name)
    }

    fn column(&self, column: &ColumnRef) -> Result<Expr> {
        let is = |(table, alias): &(&'static TableDef, Option<&'static str>)| {
            table.name == column.table.name && table.schema == column.table.schema && *alias == column.alias
        };
        for (out, level) in self.levels.iter().rev().enumerate() {
            let Some(source) = level.tables.iter().position(is) else { continue };
            return match column.table.columns.get(column.position) {
                Some(_) => Ok(Expr::Column { out, source, position: column.position }),
                None => Err(Error::usage(
                    format!("the table {} has no column number {}", column.table.name, column.position),
                    "use the column constants of the row struct",
                )),
            };
        }
        Err(Error::usage(
            match column.alias {
                Some(alias) => {
                    format!("the query does not read the table {} under the name {alias}", column.table.name)
                }
                None => format!("the query does not read the table {}", column.table.name),
            },
            "join it, or declare it with `outer` inside a query of a query that reads it",
        ))
    }

    fn read(&self, of: Option<ColumnRef>, ty: ColumnType, value: &Param) -> Result<Datum> {
        Datum::take(ty, |out| value.encode(out)).map_err(|why| {
            let by_itself = || (self.table(), "(value)");
            let (table, column) = of.map_or_else(by_itself, |column| (column.table.name, column.name()));
            Error::value(table, column, why)
        })
    }
}

fn key(order: &Order, place: usize) -> Key {
    Key {
        by: None,
        place,
        ty: order.by.ty,
        descends: order.sort == underpin_schema::SortOrder::Desc,
        nulls_first: order.puts_nulls_first(),
    }
}

/// The rows of several queries are ordered by what they give.
fn place(select: &Select, order: &Order) -> Result<Key> {
    check_ordered(&order.by)?;
    let place = select.columns.iter().position(|column| column.is_same(&order.by));
    place.map(|place| key(order, place)).ok_or_else(|| {
        Error::usage(
            format!("the union is ordered by {}, which it does not select", order.by),
            "select it too, or order by one of the columns that are selected",
        )
    })
}

/// Refuses to order values whose order only a database knows.
fn check_ordered(tree: &Tree) -> Result<()> {
    if is_ordered(tree.ty) {
        return Ok(());
    }
    Err(Error::usage(
        format!("the JSON column {tree} has no order in memory"),
        "test this query against PostgreSQL or SQLite",
    ))
}
