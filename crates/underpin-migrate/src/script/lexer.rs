//! Cuts SQL text into tokens, every byte of it, and never fails: what has no end runs to the end of the text.

use super::grammar::Grammar;

/// What a token is, as far as it decides where a statement ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Space,
    LineComment,
    BlockComment,
    /// A keyword or a bare identifier.
    Word,
    /// A string or a quoted identifier.
    Quoted,
    Semicolon,
    Open,
    Close,
    /// Digits, operators, everything else.
    Other,
    /// A quote or a block comment that is opened and never closed.
    Unclosed,
}

/// A piece of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Token<'a> {
    pub(crate) kind: Kind,
    pub(crate) text: &'a str,
    /// Where it begins, in bytes.
    pub(crate) start: usize,
}

impl Token<'_> {
    /// Every dialect finds this token here and ends it at the same place.
    pub(crate) fn is_alike(&self) -> bool {
        match self.kind {
            Kind::Quoted => self.text.starts_with(['\'', '"']),
            Kind::BlockComment => !self.text.get(2..).is_some_and(|inside| inside.contains("/*")),
            Kind::Other => !matches!(self.text, "$" | "`" | "["),
            Kind::Unclosed => false,
            _ => true,
        }
    }

    /// The line breaks in it.
    pub(crate) fn line_breaks(&self) -> usize {
        match self.kind {
            Kind::Space | Kind::BlockComment | Kind::Quoted | Kind::Unclosed => {
                self.text.matches('\n').count()
            }
            _ => 0,
        }
    }
}

/// The tokens of a text, in order.
///
/// Every byte on which it cuts is ASCII, so that each cut is a character boundary.
#[derive(Debug, Clone)]
pub(crate) struct Lexer<'a> {
    text: &'a str,
    at: usize,
    grammar: Grammar,
}

impl<'a> Lexer<'a> {
    /// Begins at byte `from`, which must be a character boundary.
    pub(crate) fn new(text: &'a str, from: usize, grammar: Grammar) -> Self {
        Self { text, at: from, grammar }
    }

    fn byte(&self, at: usize) -> Option<u8> {
        self.text.as_bytes().get(at).copied()
    }

    /// The first place at or behind `at` whose byte does not match.
    fn run(&self, at: usize, matches: impl Fn(u8) -> bool) -> usize {
        let rest = self.text.as_bytes().get(at..).unwrap_or_default();
        at + rest.iter().position(|byte| !matches(*byte)).unwrap_or(rest.len())
    }

    /// The place behind the next `needle`.
    fn behind(&self, at: usize, needle: &str) -> Option<usize> {
        let found = self.text.get(at..)?.find(needle)?;
        Some(at + found + needle.len())
    }

    /// What begins at `at`, and where it ends; no end means that it is never closed.
    fn measure(&self, first: u8) -> (Kind, Option<usize>) {
        let at = self.at;
        let next = self.byte(at + 1);
        match first {
            _ if is_space(first) => (Kind::Space, Some(self.run(at, is_space))),
            b'-' if next == Some(b'-') => (Kind::LineComment, Some(self.run(at, |byte| byte != b'\n'))),
            b'/' if next == Some(b'*') => (Kind::BlockComment, self.comment_end(at)),
            b'e' | b'E' if self.grammar.escape_strings && next == Some(b'\'') => {
                (Kind::Quoted, self.escape_string_end(at + 1))
            }
            b'\'' | b'"' => (Kind::Quoted, self.quote_end(at, first)),
            b'`' if self.grammar.foreign_quotes => (Kind::Quoted, self.quote_end(at, first)),
            b'[' if self.grammar.foreign_quotes => (Kind::Quoted, self.behind(at, "]")),
            b'$' if self.grammar.dollar_quotes => match self.dollar_tag(at) {
                Some(tag) => (Kind::Quoted, self.behind(at + tag.len(), tag)),
                None => (Kind::Other, Some(at + 1)),
            },
            b';' => (Kind::Semicolon, Some(at + 1)),
            b'(' => (Kind::Open, Some(at + 1)),
            b')' => (Kind::Close, Some(at + 1)),
            _ if is_word_start(first) => (Kind::Word, Some(self.run(at, is_word))),
            _ => (Kind::Other, Some(at + 1)),
        }
    }

    fn comment_end(&self, open: usize) -> Option<usize> {
        let mut at = open + 2;
        let mut depth = 1_usize;
        loop {
            match (self.byte(at)?, self.byte(at + 1)) {
                (b'*', Some(b'/')) if depth == 1 => return Some(at + 2),
                (b'*', Some(b'/')) => {
                    depth -= 1;
                    at += 2;
                }
                (b'/', Some(b'*')) if self.grammar.nested_comments => {
                    depth += 1;
                    at += 2;
                }
                _ => at += 1,
            }
        }
    }

    /// The end of a quoted text in which the quote itself is written twice.
    fn quote_end(&self, open: usize, quote: u8) -> Option<usize> {
        let mut at = open + 1;
        loop {
            at = self.run(at, |byte| byte != quote) + 1;
            match self.byte(at) {
                Some(byte) if byte == quote => at += 1,
                _ => return (at <= self.text.len()).then_some(at),
            }
        }
    }

    /// The end of an `E'…'` string, its continuations on the lines below included: those know the backslash too.
    fn escape_string_end(&self, open: usize) -> Option<usize> {
        let mut at = open + 1;
        loop {
            match self.byte(at)? {
                b'\\' => at += 2,
                b'\'' if self.byte(at + 1) == Some(b'\'') => at += 2,
                b'\'' => match self.continuation(at + 1) {
                    Some(behind) => at = behind,
                    None => return Some(at + 1),
                },
                _ => at += 1,
            }
        }
    }

    /// The place behind the quote that continues a string: only white space with a line break stands between.
    fn continuation(&self, at: usize) -> Option<usize> {
        let end = self.run(at, is_space);
        let gap = self.text.get(at..end)?;
        (gap.contains('\n') && self.byte(end) == Some(b'\'')).then_some(end + 1)
    }

    /// `$$` or `$tag$`.
    fn dollar_tag(&self, at: usize) -> Option<&'a str> {
        let name = at + 1;
        let end = match self.byte(name)? {
            byte if is_word_start(byte) => self.run(name, |byte| is_word(byte) && byte != b'$'),
            _ => name,
        };
        if self.byte(end) == Some(b'$') { self.text.get(at..=end) } else { None }
    }
}

impl<'a> Iterator for Lexer<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        let start = self.at;
        let (kind, end) = self.measure(self.byte(start)?);
        let (kind, end) = end.map_or((Kind::Unclosed, self.text.len()), |end| (kind, end));
        self.at = end;
        Some(Token { kind, text: self.text.get(start..end)?, start })
    }
}

fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | 0x0b | 0x0c)
}

fn is_word_start(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || byte == b'_' || !byte.is_ascii()
}

fn is_word(byte: u8) -> bool {
    is_word_start(byte) || byte.is_ascii_digit() || byte == b'$'
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::Dialect;

    /// The tokens of PostgreSQL, white space left out.
    fn tokens(text: &str) -> Vec<&str> {
        tokens_of(text, Dialect::Postgres)
    }

    fn tokens_of(text: &str, dialect: Dialect) -> Vec<&str> {
        let lexer = Lexer::new(text, 0, Grammar::of(dialect));
        lexer.filter(|token| token.kind != Kind::Space).map(|token| token.text).collect()
    }

    #[test]
    fn a_doubled_quote_stays_inside() {
        assert_eq!(tokens("'it''s; '';' \"a\"\";\""), ["'it''s; '';'", "\"a\"\";\""]);
    }

    #[test]
    fn a_backslash_escapes_in_e_strings_only() {
        assert_eq!(tokens(r"'\' E'\';' e'\\'"), [r"'\'", r"E'\';'", r"e'\\'"]);
        assert_eq!(tokens(r"ESCAPE'\' x"), ["ESCAPE", r"'\'", "x"]);
    }

    #[test]
    fn a_continued_e_string_is_one_token() {
        assert_eq!(tokens("E'a'\n  '\\';' x"), ["E'a'\n  '\\';'", "x"]);
        assert_eq!(tokens("E'a' '\\' x"), ["E'a'", "'\\'", "x"]);
    }

    #[test]
    fn a_dollar_quote_ends_at_its_own_tag() {
        assert_eq!(tokens("$a$ ; $$ $b$ $a$;"), ["$a$ ; $$ $b$ $a$", ";"]);
        assert_eq!(tokens("$$;$$ $1 a$b$c;"), ["$$;$$", "$", "1", "a$b$c", ";"]);
        assert_eq!(tokens("$é_1$;$é_1$"), ["$é_1$;$é_1$"]);
    }

    #[test]
    fn comments_nest_on_postgres_only() {
        let text = "/* /* */ ; */ x";
        assert_eq!(tokens(text), ["/* /* */ ; */", "x"]);
        assert_eq!(tokens_of(text, Dialect::Sqlite), ["/* /* */", ";", "*", "/", "x"]);
    }

    #[test]
    fn a_line_comment_ends_before_the_line_break() {
        assert_eq!(tokens("a -- b ' ; \nc"), ["a", "-- b ' ; ", "c"]);
    }

    #[test]
    fn sqlite_quotes_identifiers_in_foreign_ways() {
        assert_eq!(tokens_of("[it's;] `a``;`", Dialect::Sqlite), ["[it's;]", "`a``;`"]);
        assert_eq!(tokens("a[1]"), ["a", "[", "1", "]"]);
    }

    #[test]
    fn what_is_never_closed_is_told_from_the_rest() {
        for open in ["'a''", "\"a", "E'a\\'", "$a$ $$", "/* /* */", "E'\\"] {
            let last = Lexer::new(open, 0, Grammar::of(Dialect::Postgres)).last().map(|token| token.kind);
            assert_eq!(last, Some(Kind::Unclosed), "{open}");
        }
    }

    /// Text made of what matters to the lexer.
    fn sql() -> impl Strategy<Value = String> {
        prop_oneof![
            ".*",
            r#"([ ;'"$eE\\/*\[\]`()aé\n-]|\$a\$|--|/\*|\*/|''|E'|BEGIN |END |CREATE TRIGGER )*"#
        ]
    }

    proptest! {
        #[test]
        fn tokens_make_the_text(text in sql()) {
            for dialect in Dialect::ALL {
                let mut joined = String::new();
                for token in Lexer::new(&text, 0, Grammar::of(dialect)) {
                    prop_assert_eq!(token.start, joined.len());
                    prop_assert!(!token.text.is_empty());
                    joined.push_str(token.text);
                }
                prop_assert_eq!(&joined, &text);
            }
        }
    }
}
