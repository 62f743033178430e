//! Text in SQL, and what SQL text is.

/// Text in single quotes.
pub(super) fn text(value: &str) -> String {
    format!("'{}'", value.replace('\'', "''"))
}

/// Whether SQL is a number.
pub(super) fn is_number(sql: &str) -> bool {
    let digits = sql.strip_prefix(['-', '+']).unwrap_or(sql);
    digits.contains(|c: char| c.is_ascii_digit())
        && digits.bytes().all(|b| b.is_ascii_digit() || b == b'.')
        && digits.matches('.').count() <= 1
}

/// Whether SQL is a literal, or one of the words that stand where a literal may.
pub(super) fn is_literal(sql: &str) -> bool {
    const WORDS: [&str; 6] = ["null", "true", "false", "current_timestamp", "current_date", "current_time"];
    is_number(sql) || is_text(sql) || WORDS.iter().any(|word| sql.eq_ignore_ascii_case(word))
}

/// Whether SQL is one text in single quotes.
fn is_text(sql: &str) -> bool {
    let inside = sql.strip_prefix('\'').and_then(|sql| sql.strip_suffix('\''));
    inside.is_some_and(|inside| !inside.replace("''", "").contains('\''))
}

/// An expression as an index or an exclusion constraint takes it: in parentheses, unless it is a call.
pub(super) fn expression(sql: &str) -> String {
    let sql = sql.trim();
    if is_call(sql) || in_parentheses(sql) { sql.to_owned() } else { format!("({sql})") }
}

/// Whether SQL is `name(..)`.
fn is_call(sql: &str) -> bool {
    let Some(open) = sql.find('(') else { return false };
    let name = &sql[..open];
    !name.is_empty()
        && !name.starts_with(|c: char| c.is_ascii_digit())
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
        && in_parentheses(&sql[open..])
}

/// Whether the parenthesis that begins SQL is closed by the one that ends it. Quoted text may hold parentheses.
fn in_parentheses(sql: &str) -> bool {
    let (mut depth, mut quote) = (0_usize, None);
    for (at, character) in sql.char_indices() {
        match (quote, character) {
            (Some(open), _) if character == open => quote = None,
            (Some(_), _) => {}
            (None, '\'' | '"') => quote = Some(character),
            (None, '(') => depth += 1,
            (None, ')') => {
                let Some(rest) = depth.checked_sub(1) else { return false };
                depth = rest;
                if depth == 0 {
                    return at + 1 == sql.len();
                }
            }
            (None, _) if depth == 0 => return false,
            (None, _) => {}
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn calls_need_no_parentheses() {
        for same in ["lower(email)", "(a + b)", "coalesce(a, ')')", "f()"] {
            assert_eq!(expression(same), same);
        }
        for other in ["a + b", "(a) + (b)", "lower(a) || lower(b)", "a COLLATE \"C\"", "payload ->> 'x'"] {
            assert_eq!(expression(other), format!("({other})"));
        }
    }

    #[test]
    fn literals_are_told_from_expressions() {
        for literal in ["0", "-1.5", "'it''s'", "NULL", "true", "CURRENT_TIMESTAMP", "''"] {
            assert!(is_literal(literal), "{literal}");
        }
        for other in ["now()", "'a' || 'b'", "1 + 1", "-", ".", "a"] {
            assert!(!is_literal(other), "{other}");
        }
    }
}
