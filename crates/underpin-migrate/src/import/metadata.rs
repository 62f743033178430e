//! What Diesel's `metadata.toml` says.

const KEY: &str = "run_in_transaction";

/// The migration runs in a transaction, which it does unless the text says otherwise.
///
/// # Errors
/// The first line that says something else.
pub(crate) fn runs_in_transaction(text: &str) -> Result<bool, usize> {
    let mut said = None;
    for (index, line) in text.lines().enumerate() {
        let content = line.split_once('#').map_or(line, |(content, _)| content).trim();
        if content.is_empty() {
            continue;
        }
        let value = match content.split_once('=').map(|(key, value)| (key.trim(), value.trim())) {
            Some((KEY, "true")) => true,
            Some((KEY, "false")) => false,
            _ => return Err(index + 1),
        };
        if said.replace(value).is_some() {
            return Err(index + 1);
        }
    }
    Ok(said.unwrap_or(true))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_migration_runs_in_a_transaction_unless_it_says_otherwise() {
        assert_eq!(runs_in_transaction(""), Ok(true));
        assert_eq!(runs_in_transaction("# no more\nrun_in_transaction=false # indexes\r\n"), Ok(false));
        assert_eq!(runs_in_transaction("run_in_transaction = true"), Ok(true));
    }

    #[test]
    fn other_lines_are_not_passed_over() {
        for text in ["[a]", "run_in_transaction = 0", "other = true", "run_in_transaction"] {
            assert_eq!(runs_in_transaction(&format!("# first\n{text}\n")), Err(2), "{text}");
        }
        assert_eq!(runs_in_transaction("run_in_transaction = true\nrun_in_transaction = false"), Err(2));
    }
}
