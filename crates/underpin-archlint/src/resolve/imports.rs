//! Finds the meaning of every import: again and again, until nothing new comes up.

use crate::source::{ImportTarget, Place, Space};

use super::{
    Resolver,
    lookup::Follow,
    names::{Definition, ImportId, Target},
};

/// More rounds than any chain of re-exports is long.
const MOST_ROUNDS: usize = 100;

impl Resolver<'_> {
    pub(super) fn resolve_imports(&mut self) {
        let all: Vec<ImportId> = (0..self.imports.len()).collect();
        self.rounds(&all, false);
        // What is still unknown was made by a macro, or is a crate that goes by another name.
        let (unknown, others): (Vec<ImportId>, Vec<ImportId>) =
            all.iter().partition(|import| self.imports[**import].means.is_empty());
        for _ in 0..MOST_ROUNDS {
            let guessed = self.round(&unknown, true);
            if !guessed {
                break;
            }
            self.rounds(&others, false);
        }
        for import in unknown {
            if self.imports[import].means.is_empty() {
                self.take_for_crate(import);
            }
        }
        self.rounds(&all, false);
    }

    fn rounds(&mut self, imports: &[ImportId], guess: bool) {
        for _ in 0..MOST_ROUNDS {
            if !self.round(imports, guess) {
                break;
            }
        }
    }

    fn round(&mut self, imports: &[ImportId], guess: bool) -> bool {
        let mut changed = false;
        for id in imports {
            let import = &self.imports[*id];
            if import.settled {
                continue;
            }
            let (table, place, path) = (import.table, import.place, import.path.clone());
            let space = match import.target {
                ImportTarget::Glob => Space::Type,
                _ => Space::Every,
            };
            let answer = self.follow(Follow { table, place, path: &path, space, guess });
            let outside = |target: &Target| matches!(target.definition, Definition::External(_));
            let settled = path.len() > 1
                && !answer.pending
                && answer.targets.len() == 1
                && answer.targets.iter().all(outside);
            let mut found = answer.targets;
            if path.len() == 1 && place == Place::Here {
                // `use name as other;` does not mean itself.
                found.extend(self.around(*id, &path));
            }
            self.imports[*id].settled = settled;
            let means = &mut self.imports[*id].means;
            for target in found {
                if !means.iter().any(|known| known.definition == target.definition) {
                    means.push(target);
                    changed = true;
                }
            }
        }
        changed
    }

    /// `use serde;` binds the name that it looks up: what else could it mean?
    fn around(&mut self, id: ImportId, path: &[u32]) -> Vec<Target> {
        let import = &self.imports[id];
        let krate = self.tree.modules[import.module].krate;
        if !import.means.is_empty() {
            return Vec::new();
        }
        let modules = self.macros[krate].get(&path[0]).cloned().unwrap_or_default();
        if let Some(definition) = self.foreign_crate(krate, path[0]) {
            return vec![Target::plain(definition)];
        }
        let kind = Some(crate::source::ItemKind::Macro);
        modules.iter().map(|module| Target::plain(Definition::Item(*module, path[0], kind))).collect()
    }

    /// The first name of a `use` must be something; nothing of ours it is.
    fn take_for_crate(&mut self, id: ImportId) {
        let import = &self.imports[id];
        let krate = self.tree.modules[import.module].krate;
        let starts_outside = matches!(import.place, Place::Here | Place::Extern);
        let Some(first) = import.path.first().copied().filter(|_| starts_outside) else { return };
        let (path, table) = (import.path.clone(), import.table);
        let bound = self.tables[self.tables[table].module].names.contains_key(&first) && path.len() > 1;
        let root_bound = self.tree.crates[krate].edition < 2018
            && self.tables[self.tree.crates[krate].root].names.contains_key(&first);
        if !bound && !root_bound {
            let definition = Definition::External(self.externals.intern(&path));
            self.imports[id].means.push(Target::plain(definition));
        }
    }
}
