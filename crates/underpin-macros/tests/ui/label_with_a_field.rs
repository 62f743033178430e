//! A label that carries a field.

use underpin::ColumnEnum;

#[derive(Clone, ColumnEnum)]
enum Status {
    Pending,
    Failed(String),
}

fn main() {}
