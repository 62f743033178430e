//! Foreign keys: what a statement has left to do and to check.
//!
//! Events are worked off in the order in which they came up, and those that an action causes come last, as PostgreSQL
//! queues its triggers. Actions are never put off, checks are where the foreign key is deferred; RESTRICT is not.

use underpin_core::{Datum, Error, Result, Violation};
use underpin_schema::ForeignKeyAction;

use super::Statement;
use super::delete::lost;
use crate::rules::{ForeignKeyRule, Rules};
use crate::server_default::ServerDefault;
use crate::state::{Deferred, State};
use crate::table::{Bytes, Row};

/// Something that concerns a foreign key, by its position in [`Rules::foreign_keys`].
pub(super) enum Event {
    /// A row names this value now.
    Named { key: usize, value: Bytes },
    /// The row that had this value is gone.
    Deleted { key: usize, value: Bytes },
    /// The row that had this value has become another one.
    Moved { key: usize, value: Bytes, to: Row },
}

impl Statement<'_> {
    /// Works off all events.
    pub(super) fn settle(&mut self) -> Result<()> {
        while let Some(event) = self.events.pop_front() {
            match event {
                Event::Named { key, value } => self.check(key, value)?,
                Event::Deleted { key, value } => self.act(key, value, None)?,
                Event::Moved { key, value, to } => self.act(key, value, Some(&to))?,
            }
        }
        Ok(())
    }

    fn check(&mut self, key: usize, value: Bytes) -> Result<()> {
        let foreign = &self.rules.foreign_keys[key];
        if foreign.deferred {
            self.state.deferred.insert(Deferred::ForeignKey { key, value });
            return Ok(());
        }
        check_reference(self.rules, self.state, foreign, &value)
    }

    /// Does to the rows that name a value what the foreign key says, now that the value is gone.
    fn act(&mut self, key: usize, value: Bytes, to: Option<&Row>) -> Result<()> {
        let foreign = &self.rules.foreign_keys[key];
        let action = if to.is_some() { foreign.on_update } else { foreign.on_delete };
        if action == ForeignKeyAction::NoAction {
            return self.check(key, value);
        }
        let children = self.state.tables[foreign.child].holders(foreign.columns, &value);
        for child in children {
            match action {
                ForeignKeyAction::Restrict => return Err(refused(self.rules, foreign)),
                ForeignKeyAction::Cascade if to.is_none() => {
                    self.delete(foreign.child, &child)?;
                }
                _ => self.rewrite(foreign, &child, action, to)?,
            }
        }
        if action == ForeignKeyAction::SetDefault {
            // Rows whose default is the very value that is gone have not changed, so nobody else would look.
            check_reference(self.rules, self.state, foreign, &value)?;
        }
        Ok(())
    }

    /// Gives a row other values in the columns of a foreign key.
    fn rewrite(
        &mut self,
        foreign: &ForeignKeyRule,
        child: &Bytes,
        action: ForeignKeyAction,
        to: Option<&Row>,
    ) -> Result<()> {
        let rules = self.table(foreign.child);
        let targets = self.table(foreign.parent).positions(foreign.targets);
        let old = self.state.tables[foreign.child].get(child).ok_or_else(lost)?;
        let mut row = (**old).clone();
        for (column, target) in rules.positions(foreign.columns).iter().zip(targets) {
            row.0[*column] = match (action, to) {
                (ForeignKeyAction::Cascade, Some(to)) => to.0[*target].clone(),
                (ForeignKeyAction::SetDefault, _) => ServerDefault::of(rules.def, *column)?.value(self.now),
                _ => Datum::Null,
            };
        }
        self.replace(foreign.child, child, Row::new(row))
    }
}

/// Refuses rows that name a value which is not there; a value that nobody names is fine.
pub(super) fn check_reference(
    rules: &Rules,
    state: &State,
    foreign: &ForeignKeyRule,
    value: &Bytes,
) -> Result<()> {
    let named = !state.tables[foreign.child].holders(foreign.columns, value).is_empty();
    if named && state.tables[foreign.parent].holders(foreign.targets, value).is_empty() {
        return Err(refused(rules, foreign));
    }
    Ok(())
}

/// The error of a foreign key; as in PostgreSQL, its table is the one that refers.
fn refused(rules: &Rules, foreign: &ForeignKeyRule) -> Error {
    Error::violated(
        Violation::ForeignKey,
        Some(foreign.name.clone()),
        Some(rules.tables[foreign.child].def.name.to_owned()),
        None,
        None,
    )
}
