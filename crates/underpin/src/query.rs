//! What queries are built of: `use underpin::query::{count, from, row};`.

pub use underpin_mapper::Entities;
pub use underpin_sql::{
    Anywhere, Columns, Condition, Covers, Expr, Filter, Has, IntoGroup, IntoOrder, NotNull, Nullable,
    Nullness, Operand, OrderBy, Row, Runner, Select, SelectFrom, Selected, Selecting, Selection, all_of,
    any_of, both, either, from, row,
};
