//! What queries are built of: `use underpin::query::{count, from, row};`.

pub use underpin_mapper::Entities;
pub use underpin_sql::{
    Alias, Anywhere, ByHand, Calculated, Case, Collected, ColumnList, Columns, Comparable, Condition, Covers,
    Cursor, Expr, Filter, FrameEnd, Has, IntoGroup, IntoOrder, Joining, JsonStep, NotNull, Nullable,
    Nullness, Number, OneColumn, Operand, OrderBy, Over, Page, Part, Row, Runner, Select, SelectFrom,
    Selected, Selecting, Selection, TimeUnit, Transactional, Windowed, alias, all_of, any_of, both, count,
    dense_rank, either, exists, from, from_as, now, ntile, rank, render_select, row, row_number, scalar,
    value, when, window,
};
