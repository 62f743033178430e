//! What a `console` block shows: commands, and what each prints.

/// A command and what it prints.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The command, of one line or several.
    pub command: String,
    /// The lines that it prints.
    pub output: Vec<String>,
}

/// The steps of a block.
///
/// # Errors
/// A line before the first command.
pub fn steps(text: &str) -> Result<Vec<Step>, String> {
    let mut steps: Vec<Step> = Vec::new();
    for line in text.lines() {
        match (line.strip_prefix("$ "), line.strip_prefix("> "), steps.last_mut()) {
            (Some(command), _, _) => steps.push(Step { command: command.to_owned(), output: Vec::new() }),
            (_, Some(more), Some(step)) if step.output.is_empty() => {
                step.command.push('\n');
                step.command.push_str(more);
            }
            (_, _, Some(step)) => step.output.push(line.to_owned()),
            (_, _, None) => return Err(format!("`{line}` stands before the first command")),
        }
    }
    if steps.is_empty() { Err("there is no command in it".to_owned()) } else { Ok(steps) }
}

/// Whether what was printed is what is shown.
#[must_use]
pub fn fits(shown: &[String], printed: &[String]) -> bool {
    match shown.split_first() {
        None => printed.is_empty(),
        Some((any, rest)) if any == "…" => (0..=printed.len()).any(|at| fits(rest, &printed[at..])),
        Some((first, rest)) => {
            printed.split_first().is_some_and(|(line, others)| line_fits(first, line) && fits(rest, others))
        }
    }
}

fn line_fits(shown: &str, printed: &str) -> bool {
    match shown.split_once('…') {
        None => shown == printed,
        Some((begin, rest)) => printed.strip_prefix(begin).is_some_and(|printed| {
            let ends = printed.char_indices().map(|(at, _)| at).chain([printed.len()]);
            ends.into_iter().any(|at| line_fits(rest, &printed[at..]))
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<String> {
        text.lines().map(str::to_owned).collect()
    }

    #[test]
    fn commands_are_told_from_what_they_print() {
        let found = steps("$ cat <<E\n> a\n> E\na\n\n$ true\n").unwrap();
        assert_eq!(found[0], Step { command: "cat <<E\na\nE".into(), output: lines("a\n\n") });
        assert_eq!(found[1], Step { command: "true".into(), output: Vec::new() });
        assert!(steps("a\n").is_err() && steps("").is_err());
    }

    #[test]
    fn only_what_is_marked_may_differ() {
        assert!(fits(&lines("a\nb"), &lines("a\nb")));
        assert!(!fits(&lines("a\nb"), &lines("a\nb\nc")) && !fits(&lines("a\nb"), &lines("a")));
        assert!(fits(&lines("in … ms\nend"), &lines("in 17 ms\nend")));
        assert!(!fits(&lines("in … ms"), &lines("in 17 s")));
        assert!(fits(&lines("a\n…\nz"), &lines("a\nb\nc\nz")) && fits(&lines("a\n…"), &lines("a")));
        assert!(!fits(&lines("a\n…\nz"), &lines("a\nb")));
    }
}
