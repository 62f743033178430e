//! An expression, erased: what it is made of, and the type of its value.

use std::fmt;

use underpin_core::ColumnType;
use underpin_schema::TableDef;

use super::{Function, Param, Select, Tail};

/// An expression with the type of its value.
#[derive(Clone)]
pub struct Tree {
    /// What it is made of.
    pub node: Node,
    /// The type of its value: a value that it is compared with is encoded as this type.
    pub ty: ColumnType,
}

/// What an expression is made of.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum Node {
    /// A column.
    Column(ColumnRef),
    /// A bound value, and the column that it is meant for, for an error.
    Param(Param, Option<ColumnRef>),
    /// A whole number that the program itself wrote.
    Number(i64),
    /// A word that the program itself wrote.
    Word(&'static str),
    /// What cannot be said, and why.
    Refused(&'static str),
    /// Two expressions, compared.
    Compare(Comparison, Box<[Tree; 2]>),
    /// Two lists of expressions, the first that differ deciding.
    CompareRows(Comparison, Vec<Tree>, Vec<Tree>),
    /// An expression among values.
    In(Box<Tree>, Vec<Param>),
    /// An expression among the rows of a query with one column.
    InSelect(Box<Tree>, Box<Select>),
    /// An expression that is NULL or, if the flag is set, is not.
    IsNull(Box<Tree>, bool),
    /// All of them; of none, true.
    And(Vec<Tree>),
    /// One of them; of none, false.
    Or(Vec<Tree>),
    /// Not.
    Not(Box<Tree>),
    /// A function of expressions; an aggregate or window function has a tail.
    Call(&'static Function, Vec<Tree>, Option<Box<Tail>>),
    /// The value of the first condition that holds, or the last value.
    Case(Vec<(Tree, Tree)>, Option<Box<Tree>>),
    /// Whether a query has a row.
    Exists(Box<Select>),
    /// The one value of a query.
    Scalar(Box<Select>),
    /// An expression taken for another type; the database need not know.
    As(Box<Tree>),
}

/// A column of a table that a query reads.
#[derive(Clone, Copy)]
pub struct ColumnRef {
    /// The table.
    pub table: &'static TableDef,
    /// The name that the query gives the table, if it is another.
    pub alias: Option<&'static str>,
    /// Position among the table's columns.
    pub position: usize,
}

impl ColumnRef {
    /// Name of the column; of a position that the table has not, nothing.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.table.columns.get(self.position).map_or("", |column| column.name)
    }

    /// Its type.
    #[must_use]
    pub fn ty(&self) -> ColumnType {
        self.table.columns.get(self.position).map_or(ColumnType::Text, |column| column.ty)
    }

    /// Whether it may be NULL by its definition.
    #[must_use]
    pub fn is_nullable(&self) -> bool {
        self.table.columns.get(self.position).is_none_or(|column| column.nullable)
    }
}

impl fmt::Debug for ColumnRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.alias.unwrap_or(self.table.name), self.name())
    }
}

impl Tree {
    /// A column of a table.
    #[must_use]
    pub fn column(table: &'static TableDef, position: usize) -> Self {
        Self::of_column(ColumnRef { table, alias: None, position })
    }

    pub(crate) fn of_column(column: ColumnRef) -> Self {
        Self { ty: column.ty(), node: Node::Column(column) }
    }

    /// A value, encoded as the type of this expression: what it is compared with.
    #[must_use]
    pub fn beside(&self, value: Param) -> Self {
        Self { node: Node::Param(value, self.subject()), ty: self.ty }
    }

    /// A value by itself.
    #[must_use]
    pub fn value(value: Param, ty: ColumnType) -> Self {
        Self { node: Node::Param(value, None), ty }
    }

    pub(crate) fn number(number: impl Into<i64>) -> Self {
        Self { node: Node::Number(number.into()), ty: ColumnType::Integer }
    }

    pub(crate) fn word(word: &'static str) -> Self {
        Self { node: Node::Word(word), ty: ColumnType::Text }
    }

    pub(crate) fn condition(node: Node) -> Self {
        Self { node, ty: ColumnType::Bool }
    }

    /// This expression compared with another.
    #[must_use]
    pub fn compare(self, comparison: Comparison, other: Self) -> Self {
        Self::condition(Node::Compare(comparison, Box::new([self, other])))
    }

    /// This expression compared with a value.
    #[must_use]
    pub fn compare_value(self, comparison: Comparison, value: Param) -> Self {
        let value = self.beside(value);
        self.compare(comparison, value)
    }

    /// This expression among values; among none it is false.
    #[must_use]
    pub fn is_in(self, values: Vec<Param>) -> Self {
        Self::condition(Node::In(Box::new(self), values))
    }

    /// Whether this expression is NULL.
    #[must_use]
    pub fn is_null(self) -> Self {
        Self::condition(Node::IsNull(Box::new(self), false))
    }

    /// Whether this expression is not NULL.
    #[must_use]
    pub fn is_not_null(self) -> Self {
        Self::condition(Node::IsNull(Box::new(self), true))
    }

    /// All of the conditions; of none, true.
    #[must_use]
    pub fn all(conditions: Vec<Self>) -> Self {
        Self::condition(Node::And(conditions))
    }

    /// One of the conditions; of none, false.
    #[must_use]
    pub fn any(conditions: Vec<Self>) -> Self {
        Self::condition(Node::Or(conditions))
    }

    /// Both conditions.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        match self.node {
            Node::And(mut all) => {
                all.push(other);
                Self::all(all)
            }
            _ => Self::all(vec![self, other]),
        }
    }

    /// Either condition.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        match self.node {
            Node::Or(mut any) => {
                any.push(other);
                Self::any(any)
            }
            _ => Self::any(vec![self, other]),
        }
    }

    /// The opposite of the condition.
    #[must_use]
    pub fn negated(self) -> Self {
        Self::condition(Node::Not(Box::new(self)))
    }

    /// A function of expressions.
    pub(crate) fn call(function: &'static Function, args: Vec<Self>, ty: ColumnType) -> Self {
        Self { node: Node::Call(function, args, None), ty }
    }

    /// The same value, taken for another type that is stored alike.
    pub(crate) fn taken_as(self, ty: ColumnType) -> Self {
        if self.ty == ty { self } else { Self { node: Node::As(Box::new(self)), ty } }
    }

    /// Whether both are the same column, or the same function of the same columns.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        let all = |a: &[Self], b: &[Self]| a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.is_same(b));
        match (&self.node, &other.node) {
            (Node::Column(a), Node::Column(b)) => {
                a.position == b.position && a.alias == b.alias && a.table.name == b.table.name
            }
            (Node::Call(f, a, None), Node::Call(g, b, None)) => std::ptr::eq(*f, *g) && all(a, b),
            (Node::Call(f, a, Some(_)), Node::Call(g, b, Some(_))) => {
                std::ptr::eq(*f, *g) && all(a, b) && self.to_string() == other.to_string()
            }
            (Node::Number(a), Node::Number(b)) => a == b,
            (Node::Word(a), Node::Word(b)) => a == b,
            (Node::As(a), _) => a.is_same(other),
            (_, Node::As(b)) => self.is_same(b),
            _ => false,
        }
    }

    /// The column that an expression is about: the first that stands in it.
    #[must_use]
    pub fn subject(&self) -> Option<ColumnRef> {
        match &self.node {
            Node::Column(column) => Some(*column),
            Node::Param(_, of) => *of,
            Node::Compare(_, sides) => sides.iter().find_map(Self::subject),
            Node::In(of, _) | Node::InSelect(of, _) | Node::IsNull(of, _) | Node::Not(of) | Node::As(of) => {
                of.subject()
            }
            Node::And(list) | Node::Or(list) | Node::Call(_, list, _) | Node::CompareRows(_, list, _) => {
                list.iter().find_map(Self::subject)
            }
            Node::Case(when, otherwise) => {
                let values = when.iter().map(|(_, value)| value).chain(otherwise.as_deref());
                values.into_iter().find_map(Self::subject)
            }
            Node::Scalar(select) => select.columns.iter().find_map(Self::subject),
            Node::Number(_) | Node::Word(_) | Node::Refused(_) | Node::Exists(_) => None,
        }
    }
}

/// How it reads in an error: `cars.price`, `avg(cars.price)`. Values are not shown.
impl fmt::Display for Tree {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let list = |f: &mut fmt::Formatter<'_>, items: &[Self], between: &str| {
            items.iter().enumerate().try_for_each(|(index, item)| {
                f.write_str(if index > 0 { between } else { "" })?;
                item.fmt(f)
            })
        };
        match &self.node {
            Node::Column(column) => write!(f, "{column:?}"),
            Node::Param(..) => f.write_str("?"),
            Node::Number(number) => number.fmt(f),
            Node::Word(word) | Node::Refused(word) => f.write_str(word),
            Node::Compare(comparison, sides) => write!(f, "{} {} {}", sides[0], comparison.sql(), sides[1]),
            Node::CompareRows(comparison, left, right) => {
                list(f, left, ", ")?;
                write!(f, " {} ", comparison.sql())?;
                list(f, right, ", ")
            }
            Node::In(of, _) => write!(f, "{of} IN (..)"),
            Node::InSelect(of, _) => write!(f, "{of} IN (SELECT ..)"),
            Node::IsNull(of, negated) => write!(f, "{of} IS {}NULL", if *negated { "NOT " } else { "" }),
            Node::And(all) => list(f, all, " AND "),
            Node::Or(any) => list(f, any, " OR "),
            Node::Not(of) => write!(f, "NOT ({of})"),
            Node::Call(function, args, _) => {
                write!(f, "{}(", function.name)?;
                list(f, function.arguments(args), ", ")?;
                f.write_str(")")
            }
            Node::Case(..) => f.write_str("CASE .. END"),
            Node::Exists(_) => f.write_str("EXISTS (SELECT ..)"),
            Node::Scalar(_) => f.write_str("(SELECT ..)"),
            Node::As(of) => of.fmt(f),
        }
    }
}

impl fmt::Debug for Tree {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// How two values are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Comparison {
    /// `=`
    Eq,
    /// `<>`
    Ne,
    /// `<`
    Lt,
    /// `<=`
    Le,
    /// `>`
    Gt,
    /// `>=`
    Ge,
}

impl Comparison {
    /// As it stands in SQL.
    #[must_use]
    pub const fn sql(self) -> &'static str {
        match self {
            Self::Eq => "=",
            Self::Ne => "<>",
            Self::Lt => "<",
            Self::Le => "<=",
            Self::Gt => ">",
            Self::Ge => ">=",
        }
    }
}
