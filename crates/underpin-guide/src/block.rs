//! The fenced blocks of a page, each with what is said of it.

/// A fenced block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// Its first line in the page, counted from 1.
    pub line: usize,
    /// The first word of its opening line.
    pub kind: String,
    /// The other words of its opening line.
    pub attributes: Vec<String>,
    /// The file that the line before it names.
    pub file: Option<String>,
    /// Whether it is added at the end of that file.
    pub is_added: bool,
    /// What stands in it.
    pub text: String,
}

/// The blocks of a page, in their order.
///
/// # Errors
/// A block that does not end, with its line.
pub fn blocks(page: &str) -> Result<Vec<Block>, String> {
    let mut blocks = Vec::new();
    let mut before = "";
    let mut lines = page.lines().enumerate();
    while let Some((number, line)) = lines.next() {
        let Some(opening) = line.strip_prefix("```") else {
            if !line.trim().is_empty() {
                before = line;
            }
            continue;
        };
        let mut words = opening.split_whitespace().map(str::to_owned);
        let kind = words.next().unwrap_or_default();
        let mut text = String::new();
        loop {
            match lines.next() {
                Some((_, "```")) => break,
                Some((_, line)) => {
                    text.push_str(line);
                    text.push('\n');
                }
                None => return Err(format!("the block that begins in line {} does not end", number + 1)),
            }
        }
        let (file, is_added) = named(before);
        blocks.push(Block { line: number + 1, kind, attributes: words.collect(), file, is_added, text });
        before = "";
    }
    Ok(blocks)
}

/// The file that a line names at its end, and whether the block is added to it.
fn named(line: &str) -> (Option<String>, bool) {
    let Some((said, name)) = line.strip_suffix("`:").and_then(|line| line.rsplit_once('`')) else {
        return (None, false);
    };
    (Some(name.to_owned()), said.trim_end().ends_with("at the end of"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_block_has_the_file_that_the_line_before_it_names() {
        let page = "Write `a` into `src/b.rs`:\n\n```rust\nfn b() {}\n```\n\n```console fails\n$ c\n```\n\
                    Then, at the end of `src/b.rs`:\n```rust\n```\n";
        let found = blocks(page).unwrap();
        assert_eq!(found[0].file.as_deref(), Some("src/b.rs"));
        assert_eq!(
            (found[0].line, found[0].kind.as_str(), found[0].text.as_str()),
            (3, "rust", "fn b() {}\n")
        );
        assert_eq!((&found[1].file, found[1].attributes[0].as_str()), (&None, "fails"));
        assert!(found[2].is_added && found[2].text.is_empty());
    }

    #[test]
    fn a_block_must_end() {
        assert!(blocks("\n```rust\n").unwrap_err().contains("line 2"));
    }
}
