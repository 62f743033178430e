//! One row of the identity map.

use underpin_core::ColumnSet;
use underpin_schema::Table;

/// A row, what the database holds of it, and what is to be done.
pub(crate) struct Tracked<R: Table> {
    /// The row's key. It never changes, but for one that the database counts: then it is known after the flush.
    pub(crate) key: R::Key,
    /// The row as the unit of work sees it.
    pub(crate) current: R,
    /// What the database holds, where that differs; the snapshot of dirty checking. Boxed, because most rows of most
    /// units of work have none.
    pub(crate) saved: Option<Box<Saved<R>>>,
    /// What is to be done.
    pub(crate) state: State,
    /// Whether the key names a row whose own key is not known yet.
    pub(crate) keyless: bool,
}

/// What the database holds of a row that is to be updated or deleted.
pub(crate) struct Saved<R> {
    row: R,
    /// The columns in which the row is to be updated.
    changed: ColumnSet,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum State {
    /// As in the database.
    Clean,
    /// To be inserted.
    Added,
    /// To be updated in some columns.
    Changed,
    /// To be deleted.
    Removed,
    /// Deleted, or never inserted: it is no longer there.
    Gone,
    /// A query has changed rows of the table since this one was read: the database has to be asked again.
    Outdated,
}

impl<R: Table> Tracked<R> {
    pub(crate) fn clean(key: R::Key, row: R) -> Self {
        Self { key, current: row, saved: None, state: State::Clean, keyless: false }
    }

    pub(crate) fn added(key: R::Key, row: R) -> Self {
        Self { key, current: row, saved: None, state: State::Added, keyless: false }
    }

    /// The row as the database holds it.
    pub(crate) fn old(&self) -> &R {
        self.saved.as_deref().map_or(&self.current, |saved| &saved.row)
    }

    /// The columns in which the row is to be updated.
    pub(crate) fn changed(&self) -> ColumnSet {
        self.saved.as_deref().map_or(ColumnSet::EMPTY, |saved| saved.changed)
    }

    /// Lets the row be updated in these columns; `before` is what the database holds, if that was not known to differ.
    fn update(&mut self, changed: ColumnSet, before: impl FnOnce(&R) -> R) {
        match &mut self.saved {
            Some(saved) => saved.changed = changed,
            None => self.saved = Some(Box::new(Saved { row: before(&self.current), changed })),
        }
        self.state = State::Changed;
    }

    /// Whether the row is to be inserted, and one of these columns is not known before.
    pub(crate) fn has_yet_to_get(&self, columns: ColumnSet) -> bool {
        let of_key = || if self.keyless { R::def().key() } else { ColumnSet::EMPTY };
        let unknown = || R::def().read_only().union(self.current.unset()).union(of_key());
        self.state == State::Added && !columns.intersection(unknown()).is_empty()
    }

    pub(crate) fn duplicate(&self) -> Self {
        Self {
            key: self.key.clone(),
            current: self.current.duplicate(),
            saved: self
                .saved
                .as_ref()
                .map(|saved| Box::new(Saved { row: saved.row.duplicate(), changed: saved.changed })),
            state: self.state,
            keyless: self.keyless,
        }
    }

    /// Whether the database holds the row already, and nothing else is to become of it.
    #[inline]
    pub(crate) fn is_settled_as(&self, row: &R) -> bool {
        self.state == State::Clean && self.saved.is_none() && row.diff(&self.current).is_empty()
    }

    /// Takes what the entity says now, and finds out what that changes. What the database or the unit of work
    /// maintains stays as it is.
    pub(crate) fn change(&mut self, mut row: R) {
        if self.state == State::Added {
            row.fill_defaults();
            row.set_version(1);
            self.current = row;
            return;
        }
        let old = self.old();
        let def = R::def();
        let mut changed = row.diff(old);
        let kept = ColumnSet::from_iter(def.version()).union(def.read_only());
        changed = changed.difference(kept).difference(row.unset());
        if changed.is_empty() {
            // Back to what the database holds.
            if let Some(saved) = self.saved.take() {
                self.current = saved.row;
            }
            self.state = State::Clean;
            return;
        }
        row.touch();
        changed = changed.union(row.diff(old).difference(kept).difference(row.unset()));
        if let Some(version) = old.version() {
            row.set_version(version);
        }
        let before = std::mem::replace(&mut self.current, row);
        self.update(changed, |_| before);
    }

    /// Lets these columns be written, whatever they hold.
    pub(crate) fn write_anyway(&mut self, columns: ColumnSet) {
        if matches!(self.state, State::Clean | State::Changed) {
            self.update(self.changed().union(columns), R::duplicate);
        }
    }

    /// Lets the version be counted, and what is set at each update be set.
    pub(crate) fn bump(&mut self) {
        let before = self.current.duplicate();
        self.current.touch();
        let columns = self.current.diff(&before).difference(R::def().read_only());
        self.update(columns, |_| before);
    }
}
