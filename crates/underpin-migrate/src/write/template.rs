//! How new revision files are called: a template with tokens in braces.

use std::fmt;
use std::str::FromStr;

use super::NewRevision;
use super::slug::slug;
use crate::error::Kind;
use crate::{MigrateError, Result, UtcTime};

/// The tokens that a template can have.
const TOKENS: [&str; 9] = ["rev", "slug", "epoch", "year", "month", "day", "hour", "minute", "second"];
const DEFAULT: &str = "{rev}_{slug}";
const DEFAULT_SLUG_LENGTH: usize = 40;

/// How new revision files are called, without the ending `.sql`; `{rev}_{slug}` unless something else is said.
///
/// `{rev}` is the identifier, `{slug}` the words of the message with underscores between them. `{year}`, `{month}`,
/// `{day}`, `{hour}`, `{minute}` and `{second}` are when the file is made, in UTC and as wide as in
/// `2026-11-20T10:00:00Z`; `{epoch}` is the same in seconds since 1970. A slash makes a directory.
///
/// ```
/// # use underpin_migrate::{FileTemplate, NewRevision};
/// let template: FileTemplate = "{year}/{month}/{rev}_{slug}".parse()?;
/// assert_eq!(template.to_string(), "{year}/{month}/{rev}_{slug}");
/// assert!(template.file_name(&NewRevision::new("Add users")).ends_with("_add_users.sql"));
/// assert!("{revision}".parse::<FileTemplate>().is_err());
/// # Ok::<(), underpin_migrate::MigrateError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileTemplate {
    parts: Vec<Part>,
    slug_length: usize,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Text(String),
    Token(&'static str),
}

impl FileTemplate {
    /// Gives slugs at most so many characters, 40 unless it is said; they end at a word border.
    #[must_use]
    pub fn truncate_slug(mut self, length: usize) -> Self {
        self.slug_length = length;
        self
    }

    /// The name of a new revision's file, relative to the migrations directory.
    #[must_use]
    pub fn file_name(&self, revision: &NewRevision) -> String {
        let created = revision.created.unwrap_or_else(UtcTime::now);
        let mut name = String::new();
        for part in &self.parts {
            match part {
                Part::Text(text) => name.push_str(text),
                // An identifier may contain a slash, which would make a directory.
                Part::Token("rev") => name.push_str(&revision.id.replace('/', "_")),
                Part::Token("slug") => name.push_str(&slug(&revision.message, self.slug_length)),
                Part::Token(token) => name.push_str(&created.field(token).unwrap_or_default()),
            }
        }
        // A message without a letter leaves nothing, or what stood between it and its neighbour.
        let names =
            name.split('/').map(|name| name.trim_start_matches('.').trim_end_matches(['_', '-', '.', ' ']));
        let names: Vec<_> = names.filter(|name| !name.is_empty()).collect();
        let name = if names.is_empty() { revision.id.replace(['/', '.'], "_") } else { names.join("/") };
        name + ".sql"
    }
}

impl Default for FileTemplate {
    fn default() -> Self {
        let [rev, slug] = ["rev", "slug"].map(Part::Token);
        Self { parts: vec![rev, Part::Text("_".to_owned()), slug], slug_length: DEFAULT_SLUG_LENGTH }
    }
}

impl FromStr for FileTemplate {
    type Err = MigrateError;

    fn from_str(text: &str) -> Result<Self> {
        let refused = |what: &str| {
            let hint = format!(
                "write it as in `{DEFAULT}`; the tokens are {{{}}}, and a slash makes a directory",
                TOKENS.join("}, {")
            );
            MigrateError::new(Kind::Template, format!("the file template `{text}` {what}"), hint)
        };
        let mut parts = Vec::new();
        let mut rest = text.strip_suffix(".sql").unwrap_or(text);
        while let Some((before, behind)) = rest.split_once('{') {
            let (token, behind) =
                behind.split_once('}').ok_or_else(|| refused("has a brace that is not closed"))?;
            let known = TOKENS.into_iter().find(|known| *known == token);
            let known = known.ok_or_else(|| refused(&format!("has the unknown token `{{{token}}}`")))?;
            parts.extend([Part::Text(before.to_owned()), Part::Token(known)]);
            rest = behind;
        }
        parts.push(Part::Text(rest.to_owned()));
        parts.retain(|part| *part != Part::Text(String::new()));
        let texts = || parts.iter().filter_map(Part::text);
        if texts().any(|text| text.contains(|c: char| c == '}' || c == '\\' || c.is_control())) {
            return Err(refused("contains a character that does not belong there"));
        }
        if text.split('/').any(|name| name.is_empty() || name.starts_with('.')) {
            return Err(refused("has a directory or a file that is hidden, empty or outside"));
        }
        if !parts.iter().any(|part| matches!(part, Part::Token("rev" | "slug" | "epoch" | "second"))) {
            return Err(refused("gives every file the same name"));
        }
        Ok(Self { parts, slug_length: DEFAULT_SLUG_LENGTH })
    }
}

impl Part {
    fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            Self::Token(_) => None,
        }
    }
}

impl fmt::Display for FileTemplate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.parts.iter().try_for_each(|part| match part {
            Part::Text(text) => f.write_str(text),
            Part::Token(token) => write!(f, "{{{token}}}"),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(template: &str, id: &str, message: &str) -> String {
        let created = UtcTime::parse("2026-03-04T05:06:07Z");
        let revision = NewRevision { id: id.to_owned(), created, ..NewRevision::new(message) };
        template.parse::<FileTemplate>().unwrap().file_name(&revision)
    }

    #[test]
    fn every_token_has_its_value() {
        assert_eq!(name("{rev}_{slug}", "a1", "Add users"), "a1_add_users.sql");
        assert_eq!(
            name("{year}/{month}/{day}-{hour}{minute}{second}.{epoch}.sql", "a1", "Add users"),
            "2026/03/04-050607.1772600767.sql"
        );
    }

    #[test]
    fn the_default_is_the_identifier_and_the_slug() {
        let revision = NewRevision { id: "a1".to_owned(), ..NewRevision::new("Add users, all of them") };
        assert_eq!(FileTemplate::default().file_name(&revision), "a1_add_users_all_of_them.sql");
        assert_eq!(FileTemplate::default().truncate_slug(11).file_name(&revision), "a1_add_users.sql");
        assert_eq!(FileTemplate::default(), DEFAULT.parse().unwrap());
    }

    #[test]
    fn no_name_leads_elsewhere_or_hides_the_file() {
        assert_eq!(name("{rev}_{slug}", "a1", "..."), "a1.sql");
        assert_eq!(name("{slug}/{rev}", "a1", "..."), "a1.sql");
        assert_eq!(name("{slug}", "../a1", "..."), "___a1.sql");
        assert_eq!(name("{rev}_{slug}", ".a/../1", "Add"), "a_.._1_add.sql");
        assert_eq!(name("{slug}.{rev}", "a1", "..."), "a1.sql");
    }

    #[test]
    fn what_is_malformed_is_refused() {
        let cases = [
            ("", "has a directory or a file that is hidden, empty or outside"),
            ("/{rev}", "has a directory or a file that is hidden, empty or outside"),
            ("../{rev}", "has a directory or a file that is hidden, empty or outside"),
            ("a//{rev}", "has a directory or a file that is hidden, empty or outside"),
            ("{rev}/", "has a directory or a file that is hidden, empty or outside"),
            (".sql", "has a directory or a file that is hidden, empty or outside"),
            ("{revision}", "has the unknown token `{revision}`"),
            ("{}", "has the unknown token `{}`"),
            ("{rev", "has a brace that is not closed"),
            ("{rev}}", "contains a character that does not belong there"),
            ("a\\{rev}", "contains a character that does not belong there"),
            ("{rev}\n", "contains a character that does not belong there"),
            ("{year}/{month}", "gives every file the same name"),
        ];
        for (template, problem) in cases {
            let error = template.parse::<FileTemplate>().unwrap_err();
            assert!(error.is_template() && error.problem().ends_with(problem), "{error}\nexpected {problem}");
        }
    }
}
