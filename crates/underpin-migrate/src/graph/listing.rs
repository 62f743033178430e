//! How several revisions are named in one sentence.

use crate::Revision;

/// As many as can be read; of the rest only the number is said.
const MOST: usize = 10;

/// `001` (001_users.sql) and `002` (002_accounts.sql)
pub(super) fn listed<'g>(revisions: impl IntoIterator<Item = &'g Revision>) -> String {
    let names = revisions.into_iter().map(|revision| format!("`{}` ({})", revision.id(), revision.file()));
    joined(names.collect())
}

fn joined(mut names: Vec<String>) -> String {
    if names.len() > MOST {
        let rest = names.len() - MOST;
        names.truncate(MOST);
        names.push(format!("{rest} more"));
    }
    match names.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, first)) => format!("{} and {last}", first.join(", ")),
        None => "none".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_list_is_cut() {
        let names = |count: usize| (0..count).map(|number| number.to_string()).collect();
        assert_eq!(joined(names(0)), "none");
        assert_eq!(joined(names(1)), "0");
        assert_eq!(joined(names(3)), "0, 1 and 2");
        assert_eq!(joined(names(12)), "0, 1, 2, 3, 4, 5, 6, 7, 8, 9 and 2 more");
    }
}
