//! A prefix of eleven characters, and a column of thirty-six.

use underpin_id::{Id, Prefix};

struct Transaction;

impl Prefix for Transaction {
    const PREFIX: &'static str = "transaction";
}

const _: () = Id::<Transaction>::assert_fits(36);

fn main() {}
