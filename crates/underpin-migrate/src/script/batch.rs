//! A batch: one statement for a whole table, run for a part of its rows at a time, in the order of a key.

use std::time::Duration;

use super::error::Fault;
use super::grammar::Grammar;
use super::lexer::{Kind, Lexer};
use super::statement::Statement;
use crate::Dialect;

const EXAMPLE: &str = "write it as in `batch users.id size=1000 pause=100ms`";
const BOUNDS: &str =
    "name the keys of a batch by `:first` and `:last`, as in `WHERE id BETWEEN :first AND :last`";

/// One statement that is run over and over, each time for the rows between two keys, which it names `:first` and
/// `:last`, both included.
///
/// ```
/// # use underpin_migrate::{Revision, SectionBody};
/// let revision = Revision::parse("004_phone.sql", "\
/// -- Empty numbers where there are none
/// --
/// -- revision: 004
/// -- revises: none
///
/// -- +upgrade batch users.id size=500 pause=100ms
/// UPDATE users SET phone = '' WHERE phone IS NULL AND id BETWEEN :first AND :last;
/// ")?;
/// let SectionBody::Batch(batch) = revision.sections()[0].body() else { unreachable!() };
/// assert_eq!((batch.table(), batch.key(), batch.size(), batch.pause().as_millis()), ("users", "id", 500, 100));
/// assert!(batch.statement_for("1", "500").ends_with("AND id BETWEEN 1 AND 500"));
/// # Ok::<(), underpin_migrate::ScriptError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Batch {
    table: String,
    key: String,
    size: u32,
    pause: Duration,
    statement: Statement,
    places: Vec<Place>,
}

/// Where the statement names a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Place {
    start: usize,
    bound: Bound,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Bound {
    First,
    Last,
}

impl Bound {
    const ALL: [Self; 2] = [Self::First, Self::Last];

    /// Behind the colon.
    fn name(self) -> &'static str {
        match self {
            Self::First => "first",
            Self::Last => "last",
        }
    }
}

impl Batch {
    pub(crate) fn new(
        keys: Keys<'_>,
        line: usize,
        dialect: Option<Dialect>,
        statements: Vec<Statement>,
    ) -> Result<Self, Fault> {
        let mut statements = statements.into_iter();
        let statement = statements.next().ok_or_else(|| {
            Fault::new(line, "a batch section has no statement", "write the one that it runs")
        })?;
        if let Some(second) = statements.next() {
            return Err(Fault::new(
                second.line(),
                "a batch section has a second statement",
                "begin another section for it with a marker of its own",
            ));
        }
        let places = places(&statement, dialect)?;
        for bound in Bound::ALL {
            if !places.iter().any(|place| place.bound == bound) {
                let problem = format!("the statement of a batch does not name `:{}`", bound.name());
                return Err(Fault::new(statement.line(), problem, BOUNDS));
            }
        }
        let Keys { table, key, size, pause } = keys;
        Ok(Self { table: table.to_owned(), key: key.to_owned(), size, pause, statement, places })
    }

    /// The table, as SQL names it: `users`, `app.users`, `"Users"`.
    #[must_use]
    pub fn table(&self) -> &str {
        &self.table
    }

    /// The column whose values cut the table into batches, as SQL names it.
    #[must_use]
    pub fn key(&self) -> &str {
        &self.key
    }

    /// How many rows of the table a batch spans; 1000 unless the marker says otherwise.
    #[must_use]
    pub fn size(&self) -> u32 {
        self.size
    }

    /// How long to wait between two batches; zero unless the marker says otherwise.
    #[must_use]
    pub fn pause(&self) -> Duration {
        self.pause
    }

    /// The statement, with `:first` and `:last` in it.
    #[must_use]
    pub fn statement(&self) -> &Statement {
        &self.statement
    }

    /// The statement for the rows from one key to another, both of them SQL literals.
    #[must_use]
    pub fn statement_for(&self, first: &str, last: &str) -> String {
        let text = self.statement.text();
        let mut filled = String::with_capacity(text.len() + self.places.len() * (first.len() + last.len()));
        let mut at = 0;
        for place in &self.places {
            let literal = match place.bound {
                Bound::First => first,
                Bound::Last => last,
            };
            filled.push_str(text.get(at..place.start).unwrap_or_default());
            // Behind another minus, a negative number would begin a comment.
            let is_negative = literal.starts_with('-');
            filled.push_str(if is_negative { "(" } else { "" });
            filled.push_str(literal);
            filled.push_str(if is_negative { ")" } else { "" });
            at = place.start + 1 + place.bound.name().len();
        }
        filled.push_str(text.get(at..).unwrap_or_default());
        filled
    }
}

/// Where a statement names the keys. A section that is for every dialect must name them at the same places by the
/// rules of each.
fn places(statement: &Statement, dialect: Option<Dialect>) -> Result<Vec<Place>, Fault> {
    if let Some(dialect) = dialect {
        return Ok(places_in(statement.text(), Grammar::of(dialect)));
    }
    let [one, other] = Dialect::ALL.map(|dialect| places_in(statement.text(), Grammar::of(dialect)));
    if one == other {
        return Ok(one);
    }
    Err(Fault::new(
        statement.line(),
        "PostgreSQL and SQLite do not find `:first` and `:last` at the same places in this statement",
        "write a section for each of them",
    ))
}

/// A colon and its word, without a second colon before them, which would make a cast to a type.
fn places_in(text: &str, grammar: Grammar) -> Vec<Place> {
    let mut places = Vec::new();
    let mut colons = 0;
    for token in Lexer::new(text, 0, grammar) {
        if token.kind == Kind::Word && colons == 1 {
            let bound = Bound::ALL.into_iter().find(|bound| bound.name() == token.text);
            places.extend(bound.map(|bound| Place { start: token.start - 1, bound }));
        }
        colons = if token.text == ":" { colons + 1 } else { 0 };
    }
    places
}

/// What stands behind `batch` in a marker.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Keys<'a> {
    table: &'a str,
    key: &'a str,
    size: u32,
    pause: Duration,
}

impl<'a> Keys<'a> {
    /// Reads `TABLE.KEY [size=N] [pause=100ms]`.
    pub(crate) fn parse(mut words: impl Iterator<Item = &'a str>, line: usize) -> Result<Self, Fault> {
        let fault = |problem: String| Fault::new(line, problem, EXAMPLE);
        let name =
            words.next().ok_or_else(|| fault("a batch section does not say which table".to_owned()))?;
        let (table, key) = table_and_key(name)
            .ok_or_else(|| fault(format!("`{name}` is not a table, a dot and its key column")))?;
        let (mut size, mut pause) = (None, None);
        for word in words {
            let given_twice = match word.split_once('=') {
                Some(("size", value)) => size.replace(rows(value).map_err(fault)?).is_some(),
                Some(("pause", value)) => pause.replace(duration(value).map_err(fault)?).is_some(),
                _ => return Err(fault(format!("a batch section does not know `{word}`"))),
            };
            if given_twice {
                return Err(fault(format!("`{word}` says a second time what has been said")));
            }
        }
        Ok(Self { table, key, size: size.unwrap_or(1000), pause: pause.unwrap_or_default() })
    }
}

/// `users.id`, `app.users.id`, `"Users"."Id"`: names with dots between them, of which the last is the column.
fn table_and_key(name: &str) -> Option<(&str, &str)> {
    let mut last_dot = None;
    let mut name_expected = true;
    for token in Lexer::new(name, 0, Grammar::of(Dialect::Postgres)) {
        let is_name = token.kind == Kind::Word || (token.kind == Kind::Quoted && token.text.starts_with('"'));
        if is_name != name_expected || !(is_name || token.text == ".") {
            return None;
        }
        if !is_name {
            last_dot = Some(token.start);
        }
        name_expected = !is_name;
    }
    let dot = last_dot.filter(|_| !name_expected)?;
    Some((name.get(..dot)?, name.get(dot + 1..)?))
}

fn rows(value: &str) -> Result<u32, String> {
    let rows = value.parse().ok().filter(|rows| *rows > 0);
    rows.ok_or_else(|| format!("`size={value}` is no number of rows from 1 to {}", u32::MAX))
}

fn duration(value: &str) -> Result<Duration, String> {
    let digits = value.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let number = digits.parse().map_err(|_| format!("`pause={value}` is no time"))?;
    match value.get(digits.len()..) {
        Some("ms") => Ok(Duration::from_millis(number)),
        Some("s") => Ok(Duration::from_secs(number)),
        _ => Err(format!("`pause={value}` needs the unit `ms` or `s`")),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{Revision, SectionBody};

    /// The batch of a file whose one section has this marker and this text; the marker stands on line 6.
    fn batch(marker: &str, sql: &str) -> Result<Batch, String> {
        let text = format!("-- Do it\n--\n-- revision: a1\n-- revises: none\n\n-- +upgrade {marker}\n{sql}");
        let revision = Revision::parse("a.sql", &text).map_err(|error| error.to_string())?;
        match revision.sections()[0].body() {
            SectionBody::Batch(batch) => Ok(batch.clone()),
            other => Err(format!("{other:?}")),
        }
    }

    fn filled(dialect: &str, sql: &str) -> String {
        batch(&format!("{dialect} batch t.id"), sql).unwrap().statement_for("'a'", "7")
    }

    #[test]
    fn size_and_pause_have_defaults() {
        let sql = "DELETE FROM t WHERE id BETWEEN :first AND :last;\n";
        let plain = batch("batch t.id", sql).unwrap();
        assert_eq!((plain.size(), plain.pause()), (1000, Duration::ZERO));
        let said = batch("sqlite batch t.id pause=2s size=5", sql).unwrap();
        assert_eq!((said.size(), said.pause()), (5, Duration::from_secs(2)));
        assert_eq!(batch("batch t.id pause=0ms", sql).unwrap().pause(), Duration::ZERO);
    }

    #[test]
    fn the_key_is_the_last_of_the_names() {
        let sql = "DELETE FROM t WHERE id BETWEEN :first AND :last";
        for (name, table, key) in [
            ("users.id", "users", "id"),
            ("app.users.id", "app.users", "id"),
            ("\"My.Users\".\"i\"\"d\"", "\"My.Users\"", "\"i\"\"d\""),
            ("größe.größe_id", "größe", "größe_id"),
        ] {
            let batch = batch(&format!("batch {name}"), sql).unwrap();
            assert_eq!((batch.table(), batch.key()), (table, key));
        }
    }

    #[test]
    fn keys_are_filled_in_wherever_they_are_named() {
        let sql = "UPDATE t SET a = :last WHERE id>=:first AND id<=:last -- :first\n AND b = 1";
        assert_eq!(filled("", sql), "UPDATE t SET a = 7 WHERE id>='a' AND id<=7 -- :first\n AND b = 1");
    }

    #[test]
    fn what_only_looks_like_a_key_stays() {
        let stays =
            "':first', $$:last$$, /* :first */ a::first, \":last\", E'\\':last', :firstly, :First, : last";
        let sql = format!("SELECT {stays} FROM t WHERE id BETWEEN :first AND :last");
        assert_eq!(filled("postgres", &sql), format!("SELECT {stays} FROM t WHERE id BETWEEN 'a' AND 7"));
        let stays = "':first', [:last], `:first`, /* :last */ 1";
        let sql = format!("SELECT {stays} FROM t WHERE id BETWEEN :first AND :last");
        assert_eq!(filled("sqlite", &sql), format!("SELECT {stays} FROM t WHERE id BETWEEN 'a' AND 7"));
    }

    #[test]
    fn a_negative_key_begins_no_comment() {
        let batch = batch("batch t.id", "DELETE FROM t WHERE id >= 1-:first AND id < :last").unwrap();
        assert_eq!(batch.statement_for("-5", "-1"), "DELETE FROM t WHERE id >= 1-(-5) AND id < (-1)");
    }

    #[test]
    fn what_is_malformed_is_refused_with_the_line() {
        let both = "DELETE FROM t WHERE id BETWEEN :first AND :last;";
        let cases = [
            ("batch", both, 6, "a batch section does not say which table"),
            ("batch users", both, 6, "`users` is not a table, a dot and its key column"),
            ("batch users.", both, 6, "`users.` is not a table, a dot and its key column"),
            ("batch .id", both, 6, "`.id` is not a table, a dot and its key column"),
            ("batch a..id", both, 6, "`a..id` is not a table, a dot and its key column"),
            ("batch t.'id'", both, 6, "`t.'id'` is not a table, a dot and its key column"),
            ("batch t.id;", both, 6, "`t.id;` is not a table, a dot and its key column"),
            ("batch \"a b\".id", both, 6, "`\"a` is not a table, a dot and its key column"),
            ("batch size=5", both, 6, "`size=5` is not a table, a dot and its key column"),
            ("batch t.id size=0", both, 6, "`size=0` is no number of rows from 1 to 4294967295"),
            ("batch t.id size=-1", both, 6, "`size=-1` is no number of rows from 1 to 4294967295"),
            ("batch t.id size=", both, 6, "`size=` is no number of rows from 1 to 4294967295"),
            (
                "batch t.id size=9999999999",
                both,
                6,
                "`size=9999999999` is no number of rows from 1 to 4294967295",
            ),
            ("batch t.id size=5 size=6", both, 6, "`size=6` says a second time what has been said"),
            ("batch t.id pause=100", both, 6, "`pause=100` needs the unit `ms` or `s`"),
            ("batch t.id pause=1h", both, 6, "`pause=1h` needs the unit `ms` or `s`"),
            ("batch t.id pause=ms", both, 6, "`pause=ms` is no time"),
            ("batch t.id pause=1.5s", both, 6, "`pause=1.5s` is no time"),
            ("batch t.id pause=1s pause=1s", both, 6, "`pause=1s` says a second time what has been said"),
            ("batch t.id every=5", both, 6, "a batch section does not know `every=5`"),
            ("batch t.id no-transaction", both, 6, "a batch section does not know `no-transaction`"),
            ("no-transaction batch t.id", both, 6, "a batch section says no-transaction"),
            ("batch t.id", "-- nothing\n", 6, "a batch section has no statement"),
            (
                "batch t.id",
                "DELETE FROM t WHERE id BETWEEN :first AND :last;\nSELECT 1;",
                8,
                "a batch section has a second statement",
            ),
            (
                "batch t.id",
                "\nDELETE FROM t WHERE id > 1;",
                8,
                "the statement of a batch does not name `:first`",
            ),
            (
                "batch t.id",
                "DELETE FROM t WHERE id > :first;",
                7,
                "the statement of a batch does not name `:last`",
            ),
            (
                "batch t.id",
                "DELETE FROM t WHERE id > ':first' AND id < :last;",
                7,
                "the statement of a batch does not name `:first`",
            ),
            (
                "batch t.id",
                "SELECT $$ :first $$ FROM t WHERE id BETWEEN :first AND :last;",
                7,
                "PostgreSQL and SQLite do not find `:first` and `:last` at the same places in this statement",
            ),
        ];
        for (marker, sql, line, problem) in cases {
            let refusal = batch(marker, sql).unwrap_err();
            assert!(refusal.starts_with(&format!("a.sql:{line}: {problem}; ")), "{marker}: {refusal}");
        }
    }

    proptest! {
        #[test]
        fn filling_in_the_names_themselves_changes_nothing(text in r"([a-z ':(),$-]|:first|:last|\$\$|--|/\*|\*/|\n){0,60}") {
            let sql = format!("SELECT :first, :last, {text}");
            if let Ok(batch) = batch("postgres batch t.id", &sql) {
                prop_assert_eq!(batch.statement_for(":first", ":last"), batch.statement().text());
            }
        }
    }
}
