//! Sums and averages of decimals, exact, as aggregates and over windows.

use rusqlite::functions::{Aggregate, Context, WindowAggregate};
use rusqlite::types::Value;
use rusqlite::{Connection, Result};

use super::exact::Exact;
use super::{OUT_OF_RANGE, PURE, refused};

pub(super) fn register(db: &Connection) -> Result<()> {
    db.create_window_function("underpin_sum", 4, PURE, Sum { average: false })?;
    db.create_window_function("underpin_average", 4, PURE, Sum { average: true })
}

/// Value, precision, scale, scale of the result.
struct Sum {
    average: bool,
}

/// What has been added up.
#[derive(Default)]
struct Total {
    mantissa: i128,
    scale: u32,
    rows: i128,
    result: u16,
}

impl Sum {
    fn change(context: &Context<'_>, total: &mut Total, sign: i128) -> Result<()> {
        total.result = context.get(3)?;
        if let Some(value) = Exact::argument(context, 0, 1, 2)? {
            total.scale = context.get::<u16>(2)?.into();
            // A decimal of a column may be read with fewer digits behind the point than it is declared with.
            let mantissa = value.with_scale(total.scale)?.mantissa;
            let sum = mantissa.checked_mul(sign).and_then(|mantissa| total.mantissa.checked_add(mantissa));
            total.mantissa = sum.ok_or_else(|| refused(OUT_OF_RANGE))?;
            total.rows += sign;
        }
        Ok(())
    }

    fn outcome(&self, total: Option<&Total>) -> Result<Value> {
        let Some(total) = total.filter(|total| total.rows > 0) else { return Ok(Value::Null) };
        let sum = Exact { mantissa: total.mantissa, scale: total.scale };
        if self.average {
            sum.divide(Exact { mantissa: total.rows, scale: 0 }, total.result.into())?.result(total.result)
        } else {
            sum.result(total.result)
        }
    }
}

impl Aggregate<Total, Value> for Sum {
    fn init(&self, _: &mut Context<'_>) -> Result<Total> {
        Ok(Total::default())
    }

    fn step(&self, context: &mut Context<'_>, total: &mut Total) -> Result<()> {
        Self::change(context, total, 1)
    }

    fn finalize(&self, _: &mut Context<'_>, total: Option<Total>) -> Result<Value> {
        self.outcome(total.as_ref())
    }
}

impl WindowAggregate<Total, Value> for Sum {
    fn value(&self, total: Option<&mut Total>) -> Result<Value> {
        self.outcome(total.as_deref())
    }

    fn inverse(&self, context: &mut Context<'_>, total: &mut Total) -> Result<()> {
        Self::change(context, total, -1)
    }
}
