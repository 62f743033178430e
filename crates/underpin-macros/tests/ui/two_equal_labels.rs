//! Two labels that are the same.

use underpin::ColumnEnum;

#[derive(Clone, ColumnEnum)]
enum Status {
    Pending,
    #[label = "pending"]
    Waiting,
}

fn main() {}
