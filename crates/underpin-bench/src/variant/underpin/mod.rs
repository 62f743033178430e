//! Underpin itself: the place where its contenders are entered.
//!
//! The shape is that of its neighbours: one file per workload with a type that implements `Contender<Workload>`, and one
//! `desk` per database here:
//!
//! ```text
//! roster.desk("underpin", Database::Postgres).enter::<PointGet, point_get::Get>().enter::<..>();
//! ```

use super::roster::Roster;

/// Enters Underpin's contenders.
pub(crate) fn enlist(_: &mut Roster) {}
