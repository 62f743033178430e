//! Finds paths in the tokens of macros, which are no syntax tree.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use syn::ext::IdentExt as _;

/// A run of words with `::` between them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Run {
    /// The words; `$crate` is `crate`.
    pub(super) words: Vec<String>,
    /// It begins with `::`.
    pub(super) leading: bool,
    /// A `!` and a delimiter follow.
    pub(super) call: bool,
    /// A parenthesis, or a colon pair with a bracket, follows: a name that stands alone is a value then.
    pub(super) line: u32,
}

/// Calls `found` for every path in the tokens.
pub(super) fn scan(tokens: TokenStream, found: &mut dyn FnMut(Run)) {
    scan_below(tokens, &[], found);
}

fn scan_below(tokens: TokenStream, prefix: &[String], found: &mut dyn FnMut(Run)) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let mut at = 0;
    while at < tokens.len() {
        match &tokens[at] {
            TokenTree::Group(group) => {
                scan_below(group.stream(), &[], found);
                at += 1;
            }
            TokenTree::Ident(_) => at = run(&tokens, at, prefix, found),
            _ => at += 1,
        }
    }
}

/// Reads the run that begins at a word; returns where it ends.
fn run(tokens: &[TokenTree], start: usize, prefix: &[String], found: &mut dyn FnMut(Run)) -> usize {
    let mut words = prefix.to_vec();
    let mut at = start;
    let mut braces = None;
    while let Some(TokenTree::Ident(word)) = tokens.get(at) {
        words.push(word.unraw().to_string());
        at += 1;
        if !pair(tokens, at) {
            break;
        }
        match tokens.get(at + 2) {
            Some(TokenTree::Ident(_)) => at += 2,
            Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Brace => {
                braces = Some(group.stream());
                at += 3;
                break;
            }
            _ => break,
        }
    }
    let before = |back: usize| start.checked_sub(back).and_then(|index| tokens.get(index));
    let dollar = is_punct(before(1), '$');
    let metavariable = dollar && !matches!(words.get(prefix.len()), Some(word) if word == "crate");
    let field = is_punct(before(1), '.') && !is_punct(before(2), '.');
    let lifetime = is_punct(before(1), '\'');
    let colons = start >= 2 && pair(tokens, start - 2);
    // After a word, a metavariable or a closing bracket the colons continue something that was passed over.
    let continues = colons
        && match before(3) {
            Some(TokenTree::Ident(_) | TokenTree::Group(_)) => true,
            other => is_punct(other, '>'),
        };
    if metavariable || field || lifetime || continues {
        return at.max(start + 1);
    }
    if let Some(inner) = braces {
        let line = line(&tokens[start]);
        found(Run { words: words.clone(), leading: colons, call: false, line });
        scan_below(inner, &words, found);
        return at;
    }
    let call = is_punct(tokens.get(at), '!') && matches!(tokens.get(at + 1), Some(TokenTree::Group(_)));
    let labels = words.len() == 1 && is_punct(tokens.get(at), ':') && !pair(tokens, at);
    if !labels {
        found(Run { words, leading: colons, call, line: line(&tokens[start]) });
    }
    at
}

fn line(token: &TokenTree) -> u32 {
    u32::try_from(token.span().start().line).unwrap_or(u32::MAX)
}

fn is_punct(token: Option<&TokenTree>, character: char) -> bool {
    matches!(token, Some(TokenTree::Punct(punct)) if punct.as_char() == character)
}

/// Two colons stand here.
fn pair(tokens: &[TokenTree], at: usize) -> bool {
    is_punct(tokens.get(at), ':') && is_punct(tokens.get(at + 1), ':')
}

/// The right sides of the rules of a `macro_rules!`.
pub(super) fn transcribers(tokens: TokenStream) -> Vec<TokenStream> {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let mut found = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        if let TokenTree::Group(group) = token
            && at >= 2
            && is_punct(tokens.get(at - 1), '>')
            && is_punct(tokens.get(at - 2), '=')
        {
            found.push(group.stream());
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn runs(text: &str) -> Vec<String> {
        let mut found = Vec::new();
        scan(text.parse().unwrap(), &mut |run| {
            let start = if run.leading { "::" } else { "" };
            let end = if run.call { "!" } else { "" };
            found.push(format!("{start}{}{end}", run.words.join("::")));
        });
        found
    }

    #[test]
    fn paths_are_found() {
        assert_eq!(runs("\"{}\", crate::a::b(x.y)"), ["crate::a::b", "x"]);
        assert_eq!(runs("$crate::a::B { c: d }"), ["crate::a::B", "d"]);
        assert_eq!(runs("::a::b"), ["::a::b"]);
        assert_eq!(runs("a::{b, c::{self, D}}"), ["a", "a::b", "a::c", "a::c::self", "a::c::D"]);
        assert_eq!(runs("vec![a::b]"), ["vec!", "a::b"]);
    }

    #[test]
    fn what_is_no_path_is_passed_over() {
        assert_eq!(runs("$a::b 'a x.y.z Vec::<u8>::new()"), ["x", "Vec", "u8"]);
        assert_eq!(runs("0..n"), ["n"]);
    }
}
