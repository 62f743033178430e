//! Aggregates: one value for many rows.

use underpin_core::{ColumnType, Value};

use super::number::{Kind, Number};
use super::{Anywhere, Condition, Expr, methods};
use crate::query::MOST_DIGITS;
use crate::{Function, Node, OrderBy, Param, Tail, Tree};

static COUNT_ROWS: Function = Function::same("count", "count(*){tail}").showing(0);
static COUNT: Function = Function::same("count", "count({..}){tail}");
static MIN: Function = Function::same("min", "min({..}){tail}");
static MAX: Function = Function::same("max", "max({..}){tail}");
// The sum of 64-bit integers is a decimal to PostgreSQL; what is beyond 64 bits is an error on both.
static SUM_WHOLE: Function = Function::per_dialect("sum", "(sum({..}){tail})::int8", "sum({..}){tail}");
static SUM_FLOAT: Function = Function::same("sum", "sum({..}){tail}");
static SUM_DECIMAL: Function =
    Function::per_dialect("sum", "sum({0}){tail}", "underpin_sum({..}){tail}").showing(1);
static AVERAGE_FLOAT: Function = Function::per_dialect("avg", "avg({..}){tail}", "avg({..}){tail}");
// Rounded once, from more digits than any result has: PostgreSQL's own average has sixteen.
static AVERAGE: Function = Function::per_dialect(
    "avg",
    "round((sum({0}){tail})::numeric(99, 40) / nullif(count({0}){tail}, 0), {3})",
    "underpin_average({..}){tail}",
)
.showing(1);
static STRING_AGG: Function =
    Function::per_dialect("string_agg", "string_agg({..}){tail}", "group_concat({..}){tail}");
static ARRAY_AGG: Function =
    Function::per_dialect("array_agg", "array_agg({..}){tail}", "json_group_array({..}){tail}");
static BOOL_AND: Function = Function::per_dialect("bool_and", "bool_and({..}){tail}", "min({..}){tail}");
static BOOL_OR: Function = Function::per_dialect("bool_or", "bool_or({..}){tail}", "max({..}){tail}");

pub(super) fn aggregate<S, V, N>(
    function: &'static Function,
    args: Vec<Tree>,
    ty: ColumnType,
    tail: Tail,
) -> Expr<S, V, N> {
    Expr::of(Tree { node: Node::Call(function, args, Some(Box::new(tail))), ty })
}

/// How many rows there are.
pub fn count() -> Expr<Anywhere, i64> {
    aggregate(&COUNT_ROWS, Vec::new(), ColumnType::BigInt, Tail::default())
}

/// The decimal that a sum or average is, and the numbers that SQLite's function of ours needs to know.
fn decimal(of: Tree, more: u16) -> (Vec<Tree>, ColumnType) {
    let [precision, scale] = match of.ty {
        ColumnType::Numeric { precision, scale } => [precision, scale],
        _ => [0, 0],
    };
    let ty = ColumnType::Numeric { precision: MOST_DIGITS, scale: scale + more };
    let numbers = [precision, scale, scale + more].map(Tree::number);
    (std::iter::once(of).chain(numbers).collect(), ty)
}

methods! {
    impl [V: Value,] V {
        /// How many rows have a value.
        pub fn count(self) -> Expr<S, i64> {
            aggregate(&COUNT, vec![self.into_tree()], ColumnType::BigInt, Tail::default())
        }

        /// How many different values there are.
        pub fn count_distinct(self) -> Expr<S, i64> {
            let tail = Tail { distinct: true, ..Tail::default() };
            aggregate(&COUNT, vec![self.into_tree()], ColumnType::BigInt, tail)
        }

        /// The least value. Of no rows it is NULL: say `.nullable()` where that can be.
        pub fn min(self) -> Expr<S, V, N> {
            let tree = self.into_tree();
            let ty = tree.ty;
            aggregate(&MIN, vec![tree], ty, Tail::default())
        }

        /// The greatest value. Of no rows it is NULL: say `.nullable()` where that can be.
        pub fn max(self) -> Expr<S, V, N> {
            let tree = self.into_tree();
            let ty = tree.ty;
            aggregate(&MAX, vec![tree], ty, Tail::default())
        }
    }
}

methods! {
    impl [V: Number,] V {
        /// The sum. Of no rows it is NULL: say `.nullable()` where that can be.
        pub fn sum(self) -> Expr<S, V::Sum, N> {
            let tree = self.into_tree();
            match V::KIND {
                Kind::Whole => aggregate(&SUM_WHOLE, vec![tree], ColumnType::BigInt, Tail::default()),
                Kind::Float => aggregate(&SUM_FLOAT, vec![tree], V::TYPE, Tail::default()),
                Kind::Decimal => {
                    let (args, ty) = decimal(tree, 0);
                    aggregate(&SUM_DECIMAL, args, ty, Tail::default())
                }
            }
        }

        /// The average: of integers and decimals with six more digits behind the point than they have, half away from
        /// zero. Of no rows it is NULL: say `.nullable()` where that can be.
        pub fn avg(self) -> Expr<S, V::Average, N> {
            let tree = self.into_tree();
            if V::KIND == Kind::Float {
                return aggregate(&AVERAGE_FLOAT, vec![tree], ColumnType::Double, Tail::default());
            }
            let (args, ty) = decimal(tree, 6);
            aggregate(&AVERAGE, args, ty, Tail::default())
        }
    }
}

methods! {
    impl [] String {
        /// All texts in one, with this between; say in which order by [`Expr::ordered`].
        pub fn string_agg(self, between: impl Into<String>) -> Expr<S, String, N> {
            let between = Tree::value(Param::new(between.into()), ColumnType::Text);
            aggregate(&STRING_AGG, vec![self.into_tree(), between], ColumnType::Text, Tail::default())
        }
    }
}

methods! {
    impl [] bool {
        /// Whether it is true in all rows that have a value.
        pub fn bool_and(self) -> Expr<S, bool, N> {
            aggregate(&BOOL_AND, vec![self.into_tree()], ColumnType::Bool, Tail::default())
        }

        /// Whether it is true in one row.
        pub fn bool_or(self) -> Expr<S, bool, N> {
            aggregate(&BOOL_OR, vec![self.into_tree()], ColumnType::Bool, Tail::default())
        }
    }
}

/// Values that both databases collect into an array in the same form: integers and text.
pub trait Collected: Value {}

impl Collected for i16 {}
impl Collected for i32 {}
impl Collected for i64 {}
impl Collected for String {}

methods! {
    impl [V: Collected,] V {
        /// All values as an array; say in which order by [`Expr::ordered`].
        pub fn array_agg(self) -> Expr<S, Vec<<N as super::Nullness>::Of<V>>> {
            aggregate(&ARRAY_AGG, vec![self.into_tree()], <Vec<V> as Value>::TYPE, Tail::default())
        }
    }
}

const NO_AGGREGATE: &str = "only an aggregate takes a filter or an order of its own";

impl<S, V, N> Expr<S, V, N> {
    /// This aggregate, only of rows for which the condition holds.
    pub fn only_where<C: Condition<T>, T>(self, condition: C) -> Expr<(S, T), V, N> {
        let condition = condition.into_tree();
        Expr::of(self.into_tree().with_tail(|tail| tail.filter = Some(condition)))
    }

    /// This aggregate, with its values taken in an order.
    pub fn ordered<O>(self, order: OrderBy<O>) -> Expr<(S, O), V, N> {
        Expr::of(self.into_tree().with_tail(|tail| tail.order.push(order.into_order())))
    }
}

impl Tree {
    /// The number of rows.
    pub(crate) fn count_rows() -> Self {
        count().into_tree()
    }

    /// Whether it makes one row of many.
    pub(crate) fn is_aggregate(&self) -> bool {
        match &self.node {
            Node::Call(_, args, tail) => {
                tail.as_deref().is_some_and(|tail| tail.over.is_none()) || args.iter().any(Self::is_aggregate)
            }
            Node::As(of) | Node::Not(of) | Node::IsNull(of, _) | Node::In(of, _) => of.is_aggregate(),
            Node::Compare(_, sides) => sides.iter().any(Self::is_aggregate),
            Node::And(list) | Node::Or(list) => list.iter().any(Self::is_aggregate),
            Node::Case(when, otherwise) => {
                let all = when.iter().flat_map(|(condition, value)| [condition, value]);
                all.chain(otherwise.as_deref()).any(Self::is_aggregate)
            }
            _ => false,
        }
    }

    /// Changes what stands behind an aggregate; what is none is refused when it is written.
    pub(super) fn with_tail(mut self, change: impl FnOnce(&mut Tail)) -> Self {
        match &mut self.node {
            Node::Call(_, _, Some(tail)) => change(tail),
            _ => self.node = Node::Refused(NO_AGGREGATE),
        }
        self
    }
}
