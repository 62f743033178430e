//! Names with `*` and `?` in them, as a shell reads them.

/// There is something in it that stands for other characters.
pub(crate) fn is_pattern(text: &str) -> bool {
    text.contains(['*', '?'])
}

/// `*` stands for any characters, `?` for one.
pub(crate) fn matches(pattern: &str, name: &str) -> bool {
    let (pattern, name): (Vec<char>, Vec<char>) = (pattern.chars().collect(), name.chars().collect());
    let (mut at, mut upto) = (0, 0);
    // Where the last `*` stands, and up to where of the name it has been tried.
    let mut star: Option<(usize, usize)> = None;
    while upto < name.len() {
        match pattern.get(at) {
            Some('*') => {
                star = Some((at, upto));
                at += 1;
            }
            Some(wanted) if *wanted == '?' || name.get(upto) == Some(wanted) => {
                at += 1;
                upto += 1;
            }
            _ => match star {
                Some((place, tried)) => {
                    star = Some((place, tried + 1));
                    at = place + 1;
                    upto = tried + 1;
                }
                None => return false,
            },
        }
    }
    pattern.get(at..).unwrap_or_default().iter().all(|rest| *rest == '*')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_fit_or_do_not() {
        for (pattern, name, fits) in [
            ("tenant_*", "tenant_a", true),
            ("tenant_*", "tenant_", true),
            ("tenant_*", "tenant", false),
            ("*_a", "tenant_b_a", true),
            ("*_a", "tenant_a_b", false),
            ("t?nant", "tenant", true),
            ("t?nant", "tnant", false),
            ("*a*b*", "xaxxbx", true),
            ("*a*b*", "xbxxax", false),
            ("", "", true),
            ("*", "", true),
            ("é*", "été", true),
        ] {
            assert_eq!(matches(pattern, name), fits, "{pattern} {name}");
        }
    }
}
