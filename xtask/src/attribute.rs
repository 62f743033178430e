//! Attributes in masked code, each with the item that it stands on.

/// `#[body] item` or `#![body]`.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Attribute<'a> {
    /// Where it begins, in bytes.
    pub(crate) start: usize,
    /// Between the brackets.
    pub(crate) body: &'a str,
    /// What follows it, other attributes and the visibility left out; empty for an inner attribute.
    pub(crate) item: &'a str,
}

/// All attributes of masked code.
pub(crate) fn attributes(code: &str) -> Vec<Attribute<'_>> {
    let mut found = Vec::new();
    for (start, _) in code.match_indices('#') {
        let rest = &code[start + 1..];
        let inner = rest.starts_with('!');
        let rest = rest.strip_prefix('!').unwrap_or(rest);
        if let Some((body, after)) = bracketed(rest) {
            let item = if inner { "" } else { item(after) };
            found.push(Attribute { start, body, item });
        }
    }
    found
}

/// The words of an item's head up to its brace or semicolon: `mod tests {` gives `mod`, `tests`, `{`.
pub(crate) fn head(item: &str) -> Vec<&str> {
    let end = item.find([';', '{']).map_or(item.len(), |at| at + 1);
    let head = &item[..end];
    match head.strip_suffix([';', '{']) {
        Some(words) => words.split_whitespace().chain([&head[head.len() - 1..]]).collect(),
        None => head.split_whitespace().collect(),
    }
}

/// Divides `[body]after`.
fn bracketed(text: &str) -> Option<(&str, &str)> {
    balanced(text, '[', ']')
}

/// Divides `(body)after`, or another pair of brackets, at the bracket that closes the first one.
pub(crate) fn balanced(text: &str, open: char, close: char) -> Option<(&str, &str)> {
    let inside = text.strip_prefix(open)?;
    let mut depth = 1_usize;
    for (at, letter) in inside.char_indices() {
        if letter == open {
            depth += 1;
        } else if letter == close {
            depth -= 1;
        }
        if depth == 0 {
            return Some((&inside[..at], &inside[at + close.len_utf8()..]));
        }
    }
    None
}

/// Leaves out further attributes and the visibility.
fn item(after: &str) -> &str {
    let mut rest = after.trim_start();
    while let Some((_, after)) = rest.strip_prefix('#').and_then(bracketed) {
        rest = after.trim_start();
    }
    match rest.strip_prefix("pub") {
        Some(after) if after.starts_with('(') => {
            balanced(after, '(', ')').map_or(rest, |(_, after)| after.trim_start())
        }
        Some(after) if after.starts_with(char::is_whitespace) => after.trim_start(),
        _ => rest,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_attribute_has_the_item_it_stands_on() {
        let code = "#![allow(x)]\n#[cfg(a)]\n#[path = __]\npub(crate) mod b;\n#[c([1])] pub use d;";
        let found: Vec<_> = attributes(code).into_iter().map(|a| (a.start, a.body, head(a.item))).collect();
        assert_eq!(
            found,
            [
                (0, "allow(x)", vec![]),
                (13, "cfg(a)", vec!["mod", "b", ";"]),
                (23, "path = __", vec!["mod", "b", ";"]),
                (54, "c([1])", vec!["use", "d", ";"]),
            ]
        );
    }

    #[test]
    fn a_word_that_begins_with_pub_is_no_visibility() {
        assert_eq!(head(attributes("#[a] publish! { b }")[0].item), ["publish!", "{"]);
    }

    #[test]
    fn an_open_end_is_no_attribute() {
        assert_eq!(attributes("# #[ #![a"), []);
    }
}
