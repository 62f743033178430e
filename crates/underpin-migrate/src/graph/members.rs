//! A set of revisions, by their numbers.

/// Which of the revisions of a graph belong to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Members(Vec<bool>);

impl Members {
    /// None of so many.
    pub(super) fn none(of: usize) -> Self {
        Self(vec![false; of])
    }

    /// All of so many.
    pub(super) fn all(of: usize) -> Self {
        Self(vec![true; of])
    }

    pub(super) fn of(total: usize, members: impl IntoIterator<Item = usize>) -> Self {
        let mut set = Self::none(total);
        members.into_iter().for_each(|member| set.0[member] = true);
        set
    }

    pub(super) fn contains(&self, member: usize) -> bool {
        self.0[member]
    }

    /// Says whether it was new.
    pub(super) fn insert(&mut self, member: usize) -> bool {
        !std::mem::replace(&mut self.0[member], true)
    }

    pub(super) fn remove(&mut self, member: usize) {
        self.0[member] = false;
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = usize> {
        self.0.iter().enumerate().filter(|(_, is_member)| **is_member).map(|(member, _)| member)
    }

    pub(super) fn is_empty(&self) -> bool {
        !self.0.contains(&true)
    }

    /// Keeps those for which it is true.
    pub(super) fn keep(mut self, mut keep: impl FnMut(usize) -> bool) -> Self {
        for (member, is_member) in self.0.iter_mut().enumerate() {
            *is_member = *is_member && keep(member);
        }
        self
    }
}
