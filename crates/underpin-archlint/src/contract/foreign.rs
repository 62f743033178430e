//! Lists of names that are allowed or denied: the longest that fits decides.

use crate::{
    Problem,
    graph::{NodeId, Pattern},
};

use super::{Judge, Problems};

/// What may be named.
pub(super) struct Rules {
    allow: Option<Vec<Pattern>>,
    deny: Vec<Pattern>,
}

/// What lists say about a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Ruling {
    Allowed,
    /// By this entry.
    Denied(String),
    /// It is on neither list, and there is one of what is allowed.
    Unlisted,
}

impl Rules {
    /// Reads the lists; at least one must say something.
    pub(super) fn new(
        allow: Option<&[String]>,
        deny: &[String],
        judge: Option<&Judge<'_>>,
    ) -> Result<Self, Problems> {
        let mut problems = Vec::new();
        if allow.is_none() && deny.is_empty() {
            problems.push(Problem::new("neither `allow` nor `deny` is there", "nothing was checked"));
        }
        if let Some(judge) = judge {
            let allowed = allow.unwrap_or_default().iter().map(|text| ("allow", text));
            for (key, text) in allowed.chain(deny.iter().map(|text| ("deny", text))) {
                problems.extend(judge.known_external(key, text).err());
            }
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        let patterns = |texts: &[String]| texts.iter().map(|text| Pattern::new(text)).collect();
        Ok(Self { allow: allow.map(patterns), deny: patterns(deny) })
    }

    /// Rules on a path. `std` stands for `core` and `alloc` too, since it re-exports them.
    pub(super) fn on(&self, path: &str) -> Ruling {
        let allowed = self.allow.iter().flatten().filter_map(|it| covers(it, path)).max();
        let denied =
            self.deny.iter().filter_map(|it| covers(it, path).map(|length| (length, it.to_string()))).max();
        match (allowed, denied) {
            (Some(allowed), Some((denied, _))) if allowed > denied => Ruling::Allowed,
            (_, Some((_, by))) => Ruling::Denied(by),
            (Some(_), None) => Ruling::Allowed,
            (None, None) if self.allow.is_some() => Ruling::Unlisted,
            (None, None) => Ruling::Allowed,
        }
    }
}

fn covers(pattern: &Pattern, path: &str) -> Option<usize> {
    pattern.covers(path).or_else(|| {
        let (first, rest) = path.split_once("::").unwrap_or((path, ""));
        let renamed = if rest.is_empty() { "std".to_owned() } else { format!("std::{rest}") };
        ["core", "alloc"].contains(&first).then(|| pattern.covers(&renamed)).flatten()
    })
}

/// The rules of a contract with the modules that they are for; all that is wrong with either, otherwise.
pub(super) fn scoped(
    judge: &Judge<'_>,
    modules: &[String],
    rules: Result<Rules, Problems>,
) -> Result<(Rules, Vec<NodeId>), Problems> {
    let (rules, mut problems) = match rules {
        Ok(rules) => (Some(rules), Vec::new()),
        Err(problems) => (None, problems),
    };
    if modules.is_empty() {
        problems.push(Problem::new("`in` is empty", "nothing was checked"));
    }
    let mut scopes = Vec::new();
    for text in modules {
        match judge.modules("in", text) {
            Ok(found) => scopes.extend(found),
            Err(problem) => problems.push(problem),
        }
    }
    match rules {
        Some(rules) if problems.is_empty() => Ok((rules, scopes)),
        _ => Err(problems),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules(allow: Option<&[&str]>, deny: &[&str]) -> Rules {
        let owned = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
        let allow = allow.map(owned);
        Rules::new(allow.as_deref(), &owned(deny), None).ok().unwrap()
    }

    #[test]
    fn the_longer_entry_decides() {
        let rules = rules(Some(&["std", "std::fs::Metadata"]), &["std::fs"]);
        assert_eq!(rules.on("std::fmt"), Ruling::Allowed);
        assert_eq!(rules.on("core::fmt"), Ruling::Allowed);
        assert_eq!(rules.on("std::fs::read"), Ruling::Denied("std::fs".to_owned()));
        assert_eq!(rules.on("std::fs::Metadata"), Ruling::Allowed);
        assert_eq!(rules.on("tokio"), Ruling::Unlisted);
    }

    #[test]
    fn denying_std_denies_core() {
        let rules = rules(None, &["std::cell"]);
        assert_eq!(rules.on("core::cell::Cell"), Ruling::Denied("std::cell".to_owned()));
        assert_eq!(rules.on("serde"), Ruling::Allowed);
    }

    #[test]
    fn lists_that_say_nothing_are_a_problem() {
        assert!(Rules::new(None, &[], None).is_err());
    }
}
