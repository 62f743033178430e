//! Text as PostgreSQL compares it: LIKE, where case counts and a backslash takes the next character as it is; the case of
//! letters.

/// Whether a text matches a pattern; `None` if the pattern ends with a backslash.
#[must_use]
pub fn like(text: &str, pattern: &str) -> Option<bool> {
    let parts = parts(pattern)?;
    let text: Vec<char> = text.chars().collect();
    // The last `%` that was passed, and how much of the text it has taken: going back to it is enough.
    let (mut at, mut part, mut back) = (0, 0, None);
    while at < text.len() {
        match parts.get(part) {
            Some(Part::Any) => {
                back = Some((part, at));
                part += 1;
            }
            Some(Part::One) => (at, part) = (at + 1, part + 1),
            Some(Part::Is(wanted)) if text.get(at) == Some(wanted) => (at, part) = (at + 1, part + 1),
            _ => match back {
                Some((any, taken)) => {
                    back = Some((any, taken + 1));
                    (at, part) = (taken + 1, any + 1);
                }
                None => return Some(false),
            },
        }
    }
    Some(parts.iter().skip(part).all(|part| matches!(part, Part::Any)))
}

enum Part {
    /// Any text.
    Any,
    /// One character.
    One,
    /// This character.
    Is(char),
}

fn parts(pattern: &str) -> Option<Vec<Part>> {
    let mut parts = Vec::with_capacity(pattern.len());
    let mut letters = pattern.chars();
    while let Some(letter) = letters.next() {
        parts.push(match letter {
            '%' => Part::Any,
            '_' => Part::One,
            '\\' => Part::Is(letters.next()?),
            letter => Part::Is(letter),
        });
    }
    Some(parts)
}

/// In lower case, letter by letter: a letter whose other case is several letters stays as it is.
#[must_use]
pub fn lower(text: &str) -> String {
    text.chars().map(|letter| only(letter.to_lowercase(), letter)).collect()
}

/// In upper case, letter by letter.
#[must_use]
pub fn upper(text: &str) -> String {
    text.chars().map(|letter| only(letter.to_uppercase(), letter)).collect()
}

fn only(mut letters: impl Iterator<Item = char>, otherwise: char) -> char {
    match (letters.next(), letters.next()) {
        (Some(letter), None) => letter,
        _ => otherwise,
    }
}

#[cfg(test)]
mod tests {
    use super::like;

    #[test]
    fn patterns_match_as_in_postgres() {
        for (text, pattern, expected) in [
            ("", "", Some(true)),
            ("", "%", Some(true)),
            ("a", "", Some(false)),
            ("abc", "a%c", Some(true)),
            ("abc", "a_c", Some(true)),
            ("abc", "A%", Some(false)),
            ("ac", "a_c", Some(false)),
            ("äöü", "_ö_", Some(true)),
            ("aXbXc", "%X%c", Some(true)),
            ("aaab", "%aab", Some(true)),
            ("100%", "100\\%", Some(true)),
            ("1000", "100\\%", Some(false)),
            ("a\\b", "a\\\\b", Some(true)),
            ("a", "a\\", None),
            ("ab", "%%%b%%", Some(true)),
        ] {
            assert_eq!(like(text, pattern), expected, "{text} {pattern}");
        }
    }
}
