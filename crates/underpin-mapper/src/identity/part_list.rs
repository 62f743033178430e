//! The parts of one row, by their positions.

use std::ops::Range;

/// Positions in the order in which they came. Parts mostly come one after another, and then two numbers say it all.
#[derive(Debug, Clone, Default)]
pub(super) struct PartList {
    run: Range<usize>,
    others: Vec<usize>,
}

impl PartList {
    pub(super) fn len(&self) -> usize {
        self.run.len() + self.others.len()
    }

    #[inline]
    pub(super) fn push(&mut self, part: usize) {
        if self.others.is_empty() {
            if self.run.is_empty() {
                self.run = part..part;
            }
            if self.run.end == part {
                self.run.end += 1;
                return;
            }
        }
        self.others.push(part);
    }

    pub(super) fn contains(&self, part: usize) -> bool {
        self.run.contains(&part) || self.others.contains(&part)
    }

    #[inline]
    pub(super) fn iter(&self) -> impl Iterator<Item = usize> {
        self.run.clone().chain(self.others.iter().copied())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_come_in_any_order() {
        for pushed in [&[][..], &[4], &[4, 5, 6], &[4, 5, 9, 6], &[9, 3, 4, 5], &[0, 1, 2]] {
            let mut list = PartList::default();
            pushed.iter().for_each(|part| list.push(*part));
            assert_eq!(list.iter().collect::<Vec<_>>(), pushed);
            assert_eq!(list.len(), pushed.len());
            (0..12).for_each(|part| assert_eq!(list.contains(part), pushed.contains(&part)));
        }
    }
}
