//! What a change of many rows gives: their number, or what comes back of each.

use underpin_core::Result;
use underpin_sql::driver::Receive;
use underpin_sql::{Columns, Select, Selected, Selection};

/// What a change of many rows gives.
pub trait Outcome: 'static {
    /// What it is.
    type Output: Default + Send;

    /// Whether something comes back of each row.
    const RETURNS: bool;

    /// Takes what comes back.
    fn receiver(of: &Select) -> Box<dyn Receive>;

    /// Adds what one statement gave.
    ///
    /// # Errors
    /// If the driver gave back another receiver, which is a mistake in the driver.
    fn add(output: &mut Self::Output, count: u64, received: Box<dyn Receive>) -> Result<()>;
}

/// The number of rows.
#[derive(Debug, Clone, Copy)]
pub struct Count(());

impl Outcome for Count {
    type Output = u64;
    const RETURNS: bool = false;

    fn receiver(of: &Select) -> Box<dyn Receive> {
        <Columns<()> as Selected>::receiver(of, 0, false)
    }

    fn add(output: &mut u64, count: u64, _received: Box<dyn Receive>) -> Result<()> {
        *output += count;
        Ok(())
    }
}

impl<L: Selection> Outcome for Columns<L> {
    type Output = Vec<L::Output>;
    const RETURNS: bool = true;

    fn receiver(of: &Select) -> Box<dyn Receive> {
        <Self as Selected>::receiver(of, 0, false)
    }

    fn add(output: &mut Vec<L::Output>, _count: u64, received: Box<dyn Receive>) -> Result<()> {
        let mut items = <Self as Selected>::items(received, None)?;
        output.append(&mut items);
        Ok(())
    }
}
