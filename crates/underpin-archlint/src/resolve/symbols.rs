//! Each word of the whole workspace once.

use std::collections::HashMap;

use super::names::Sym;

/// The words of all files.
#[derive(Default)]
pub(super) struct Symbols {
    words: Vec<String>,
    index: HashMap<String, Sym>,
}

impl Symbols {
    pub(super) fn intern(&mut self, word: &str) -> Sym {
        if let Some(known) = self.index.get(word) {
            return *known;
        }
        let sym = Sym::try_from(self.words.len()).unwrap_or(Sym::MAX);
        self.words.push(word.to_owned());
        self.index.insert(word.to_owned(), sym);
        sym
    }

    pub(super) fn find(&self, word: &str) -> Option<Sym> {
        self.index.get(word).copied()
    }

    pub(super) fn get(&self, sym: Sym) -> &str {
        self.words.get(sym as usize).map_or("", String::as_str)
    }
}
