//! Reads a statement word by word, as far as it must be understood to run it with care.

use crate::Dialect;
use crate::script::grammar::Grammar;
use crate::script::lexer::{Kind, Lexer, Token};

/// The tokens of a statement, without white space and comments, and how far they have been read.
pub(crate) struct Words<'s> {
    tokens: Vec<Token<'s>>,
    at: usize,
}

impl<'s> Words<'s> {
    pub(crate) fn of(text: &'s str, dialect: Dialect) -> Self {
        let is_noise = |kind| matches!(kind, Kind::Space | Kind::LineComment | Kind::BlockComment);
        let tokens = Lexer::new(text, 0, Grammar::of(dialect)).filter(|token| !is_noise(token.kind));
        Self { tokens: tokens.collect(), at: 0 }
    }

    /// The next keyword or bare identifier, which is not taken.
    pub(crate) fn peek(&self) -> Option<&'s str> {
        self.tokens.get(self.at).filter(|token| token.kind == Kind::Word).map(|token| token.text)
    }

    /// Takes these words if they come next, all of them or none.
    pub(crate) fn take(&mut self, words: &[&str]) -> bool {
        let next = self.tokens.get(self.at..).unwrap_or_default();
        let is_there =
            next.len() >= words.len() && words.iter().zip(next).all(|(word, token)| is_word(token, word));
        self.at += if is_there { words.len() } else { 0 };
        is_there
    }

    /// Takes everything between the parenthesis that comes next and the one that closes it.
    pub(crate) fn take_parentheses(&mut self) -> Vec<&'s str> {
        let mut depth = 0;
        let mut inside = Vec::new();
        while let Some(token) = self.tokens.get(self.at) {
            match token.kind {
                Kind::Open => depth += 1,
                Kind::Close => depth -= 1,
                _ if depth == 0 => return inside,
                _ => inside.push(token.text),
            }
            self.at += 1;
            if depth == 0 {
                return inside;
            }
        }
        inside
    }

    /// Takes a name as it is written: `users`, `app."Users"`.
    pub(crate) fn name(&mut self) -> Option<String> {
        let mut name = String::new();
        loop {
            let part = self.tokens.get(self.at)?;
            let is_name =
                part.kind == Kind::Word || (part.kind == Kind::Quoted && part.text.starts_with('"'));
            if !is_name {
                return None;
            }
            name.push_str(part.text);
            self.at += 1;
            if self.tokens.get(self.at).is_none_or(|token| token.text != ".") {
                return Some(name);
            }
            name.push('.');
            self.at += 1;
        }
    }

    /// This word stands somewhere in what is left.
    pub(crate) fn has(&self, word: &str) -> bool {
        self.tokens.iter().skip(self.at).any(|token| is_word(token, word))
    }

    /// A comma stands somewhere in what is left.
    pub(crate) fn has_comma(&self) -> bool {
        self.tokens.iter().skip(self.at).any(|token| token.text == ",")
    }

    /// A string that contains this, in any letters, stands somewhere in what is left.
    pub(crate) fn quotes(&self, text: &str) -> bool {
        let quoted = self.tokens.iter().skip(self.at).filter(|token| token.kind == Kind::Quoted);
        quoted.map(|token| token.text.to_ascii_uppercase()).any(|quoted| quoted.contains(text))
    }
}

fn is_word(token: &Token<'_>, word: &str) -> bool {
    token.kind == Kind::Word && token.text.eq_ignore_ascii_case(word)
}
