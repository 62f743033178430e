//! Splits a section into its statements: each ends at a semicolon that is neither quoted, nor in parentheses,
//! nor inside a body.

use super::body::Body;
use super::error::Fault;
use super::grammar::Grammar;
use super::lexer::{Kind, Lexer, Token};
use super::marker::{self, Comment};
use crate::Dialect;

/// Where a statement stands in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Span {
    /// Its first byte.
    pub(crate) start: usize,
    /// The byte behind its last, its semicolon left out.
    pub(crate) end: usize,
    /// The line of its first byte, counted from 1.
    pub(crate) line: usize,
}

/// The statements of one section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Split {
    pub(crate) statements: Vec<Span>,
    /// Where the section ends: the place of the next section's marker, or the end of the text.
    pub(crate) end: usize,
    /// The line of that place.
    pub(crate) end_line: usize,
    /// Every dialect would split it like that.
    pub(crate) is_alike: bool,
}

/// Splits the text from byte `from`, which stands at the beginning of line `line`, for one dialect or for every one.
/// None if the dialects would split it differently.
pub(crate) fn split_for(
    text: &str,
    from: usize,
    line: usize,
    dialect: Option<Dialect>,
) -> Result<Option<Split>, Fault> {
    if let Some(dialect) = dialect {
        return split(text, from, line, Grammar::of(dialect)).map(Some);
    }
    let [one, other] = Dialect::ALL.map(Grammar::of);
    let one = split(text, from, line, one);
    if one.as_ref().is_ok_and(|split| split.is_alike) {
        return one.map(Some);
    }
    match (one, split(text, from, line, other)) {
        (Ok(one), Ok(other)) if (&one.statements, one.end) == (&other.statements, other.end) => Ok(Some(one)),
        (Err(one), Err(_)) => Err(one),
        _ => Ok(None),
    }
}

/// Splits the text by the rules of one dialect.
fn split(text: &str, from: usize, line: usize, grammar: Grammar) -> Result<Split, Fault> {
    let mut splitter = Splitter {
        statements: Vec::new(),
        current: None,
        parens: Vec::new(),
        body: Body::default(),
        is_alike: true,
    };
    let mut line = line;
    for token in Lexer::new(text, from, grammar) {
        if token.kind == Kind::LineComment {
            match marker::comment(text, token) {
                Comment::Plain => {}
                Comment::Marker => return splitter.finish(token.start, line),
                Comment::Misplaced => return Err(marker::misplaced(line)),
            }
        }
        splitter.take(token, line)?;
        line += token.line_breaks();
    }
    splitter.finish(text.len(), line)
}

struct Splitter {
    statements: Vec<Span>,
    /// The statement that is being read.
    current: Option<Span>,
    /// The lines of the parentheses that are open.
    parens: Vec<usize>,
    body: Body,
    is_alike: bool,
}

impl Splitter {
    fn take(&mut self, token: Token<'_>, line: usize) -> Result<(), Fault> {
        self.is_alike &= token.is_alike();
        match token.kind {
            Kind::Space | Kind::LineComment | Kind::BlockComment => return Ok(()),
            Kind::Unclosed => return Err(unclosed(token, line)),
            Kind::Semicolon if self.parens.is_empty() && !self.body.is_open() => {
                self.end_statement();
                return Ok(());
            }
            Kind::Semicolon => self.body.semicolon(),
            Kind::Word => self.body.word(token.text, !self.parens.is_empty()),
            Kind::Open => self.parens.push(line),
            // One too many is the database's to refuse.
            Kind::Close => drop(self.parens.pop()),
            Kind::Quoted | Kind::Other => {}
        }
        if !matches!(token.kind, Kind::Word | Kind::Semicolon) {
            self.body.other();
        }
        if self.current.is_none() && token.text == "\\" {
            return Err(Fault::new(
                line,
                "a command of psql is not SQL",
                "leave it out, or write what it does as a statement",
            ));
        }
        let end = token.start + token.text.len();
        self.current.get_or_insert(Span { start: token.start, end, line }).end = end;
        Ok(())
    }

    fn end_statement(&mut self) {
        self.statements.extend(self.current.take());
        self.body = Body::default();
    }

    /// The last statement may do without its semicolon.
    fn finish(mut self, end: usize, end_line: usize) -> Result<Split, Fault> {
        if let Some(line) = self.parens.last() {
            return Err(Fault::new(
                *line,
                "a parenthesis is opened here and not closed before the section ends",
                "close it",
            ));
        }
        if let (true, Some(statement)) = (self.body.is_open(), self.current) {
            return Err(Fault::new(
                statement.line,
                "the body of this statement is not closed before the section ends",
                "end its last statement with a semicolon, and the body with END;",
            ));
        }
        self.end_statement();
        Ok(Split { statements: self.statements, end, end_line, is_alike: self.is_alike })
    }
}

fn unclosed(token: Token<'_>, line: usize) -> Fault {
    let what = match token.text.as_bytes() {
        [b'/', ..] => "a block comment",
        [b'$', ..] => "a dollar quote",
        [b'"' | b'`' | b'[', ..] => "a quoted identifier",
        _ => "a string",
    };
    Fault::new(line, format!("{what} is opened here and never closed"), "close it as it was opened")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn statements(text: &str, dialect: Dialect) -> Vec<&str> {
        let split = split(text, 0, 1, Grammar::of(dialect)).unwrap();
        split.statements.iter().map(|span| &text[span.start..span.end]).collect()
    }

    fn fault(text: &str) -> (usize, String) {
        let fault = split(text, 0, 1, Grammar::of(Dialect::Postgres)).unwrap_err();
        (fault.line, fault.problem)
    }

    #[test]
    fn statements_end_at_semicolons() {
        let text = "-- first\nSELECT 1 /* ; */ ;;\n SELECT ';' -- end\n; SELECT $$;$$";
        assert_eq!(statements(text, Dialect::Postgres), ["SELECT 1", "SELECT ';'", "SELECT $$;$$"]);
    }

    #[test]
    fn each_statement_knows_its_line() {
        let text = "\n-- a\nSELECT 1;\n\n/* b\n */ SELECT '\n'; SELECT 3;";
        let split = split(text, 0, 10, Grammar::of(Dialect::Sqlite)).unwrap();
        assert_eq!(split.statements.iter().map(|span| span.line).collect::<Vec<_>>(), [12, 15, 16]);
    }

    #[test]
    fn a_semicolon_in_parentheses_ends_nothing() {
        let rule = "CREATE RULE r AS ON INSERT TO t DO (DELETE FROM a; DELETE FROM b)";
        assert_eq!(statements(&format!("{rule}; SELECT 1"), Dialect::Postgres), [rule, "SELECT 1"]);
    }

    #[test]
    fn the_body_of_a_trigger_is_one_statement() {
        let trigger = "create temp trigger t after update on a when case when new.x then 1 end begin\n\
                       update b set c = case when d then 1 else 2 end; -- END\n\
                       select (case 1 when 1 then 2 end) ; end";
        assert_eq!(statements(&format!("{trigger}; SELECT 1;"), Dialect::Sqlite), [trigger, "SELECT 1"]);
    }

    #[test]
    fn the_body_of_an_sql_function_is_one_statement() {
        let function = "CREATE OR REPLACE FUNCTION f(\"begin\" int, begin text DEFAULT 'a') RETURNS int\n\
                        LANGUAGE sql BEGIN /* now */ ATOMIC SELECT 1 AS \"end\"; SELECT CASE 1 WHEN 1 THEN 2 END; END";
        assert_eq!(statements(&format!("{function}; SELECT 1"), Dialect::Postgres), [function, "SELECT 1"]);
        let empty = "CREATE PROCEDURE p() BEGIN ATOMIC END";
        assert_eq!(statements(&format!("{empty}; SELECT 1"), Dialect::Postgres), [empty, "SELECT 1"]);
    }

    #[test]
    fn begin_opens_nothing_elsewhere() {
        let texts =
            ["CREATE TABLE t (a int) -- BEGIN ATOMIC\n", "CREATE TABLE begin (a int)", "SELECT 1 AS begin"];
        for text in texts {
            assert_eq!(statements(&format!("{text}; SELECT 2"), Dialect::Postgres).len(), 2, "{text}");
        }
        let trigger = "CREATE TRIGGER t BEFORE INSERT ON a FOR EACH ROW EXECUTE FUNCTION f()";
        assert_eq!(statements(&format!("{trigger}; SELECT 2"), Dialect::Postgres), [trigger, "SELECT 2"]);
    }

    #[test]
    fn what_is_not_closed_is_refused_with_the_line_where_it_opens() {
        let cases = [
            ("SELECT 1;\n\nSELECT 'a;\n", 3, "a string is opened here and never closed"),
            ("\nSELECT \"a", 2, "a quoted identifier is opened here and never closed"),
            ("SELECT 1 /* a\n", 1, "a block comment is opened here and never closed"),
            ("\n\nDO $x$ $$;", 3, "a dollar quote is opened here and never closed"),
            ("SELECT (\n(1)", 1, "a parenthesis is opened here and not closed before the section ends"),
            (
                "\nCREATE TRIGGER t AFTER INSERT ON a BEGIN SELECT 1 END;",
                2,
                "the body of this statement is not closed before the section ends",
            ),
        ];
        for (text, line, problem) in cases {
            assert_eq!(fault(text), (line, problem.to_owned()), "{text}");
        }
    }

    #[test]
    fn commands_of_psql_are_refused() {
        assert_eq!(fault("SELECT 1;\n\\d t"), (2, "a command of psql is not SQL".to_owned()));
    }

    /// One whole token that a statement can contain, however odd its content.
    fn piece() -> impl Strategy<Value = String> {
        prop_oneof![
            "[a-z]{1,6}",
            "[0-9]{1,3}",
            "[^']{0,8}".prop_map(|content| format!("'{content}'")),
            "[^'\\\\]{0,8}".prop_map(|content| format!("E'{content}\\'\\\\;'")),
            "[^\"]{0,8}".prop_map(|content| format!("\"{content}\"")),
            "[^$]{0,8}".prop_map(|content| format!("$q$ {content};$$ $q$")),
            "[^*/]{0,8}".prop_map(|content| format!("/* {content} /* ; */ */")),
            "[^\n+]{0,8}".prop_map(|content| format!("--{content}\n")),
            "[^'\"$*/()\\\\;-]{0,8}".prop_map(|content| format!("({content};)")),
        ]
    }

    /// A statement that begins and ends with a word.
    fn statement() -> impl Strategy<Value = String> {
        prop::collection::vec(piece(), 0..6).prop_map(|pieces| format!("SELECT {} x", pieces.join(" ")))
    }

    #[test]
    fn what_dialects_read_differently_is_not_alike() {
        let is_alike = |text, dialect| split(text, 0, 1, Grammar::of(dialect)).unwrap().is_alike;
        assert!(is_alike("SELECT 'a''b', \"c\", a$b /* ; */ -- $\n", Dialect::Postgres));
        for text in ["SELECT $$;$$", "SELECT $1", "SELECT E'a'", "SELECT 1 /* /* */ */", "SELECT a[1]"] {
            assert!(!is_alike(text, Dialect::Postgres), "{text}");
        }
        for text in ["SELECT [a]", "SELECT `a`", "SELECT $1"] {
            assert!(!is_alike(text, Dialect::Sqlite), "{text}");
        }
    }

    proptest! {
        #[test]
        fn what_is_alike_is_split_alike(text in r#"([ ;'"$eE\\/*`\[\]()aé\n-]|--|/\*|\*/|''|CREATE TRIGGER |BEGIN |END;)*"#) {
            let of = |dialect| split(&text, 0, 1, Grammar::of(dialect));
            if let Ok(one) = of(Dialect::Postgres) && one.is_alike {
                prop_assert_eq!(Ok(one), of(Dialect::Sqlite));
            }
        }

        #[test]
        fn joined_statements_come_back(list in prop::collection::vec(statement(), 0..5), gap in "[ \n\t;]{0,4}") {
            let text = list.join(&format!(";{gap}"));
            prop_assert_eq!(statements(&text, Dialect::Postgres), list);
        }

        #[test]
        fn between_statements_there_is_nothing_of_theirs(text in r#"([ ;'"$E\\/*()aé\n-]|--|/\*|\*/|CREATE TRIGGER |BEGIN |END;)*"#) {
            for dialect in Dialect::ALL {
                let Ok(split) = split(&text, 0, 1, Grammar::of(dialect)) else { continue };
                let mut at = 0;
                let mut joined = String::new();
                for span in split.statements.iter().copied().chain([Span { start: split.end, end: split.end, line: 0 }]) {
                    for token in Lexer::new(&text[..span.start], at, Grammar::of(dialect)) {
                        let passed_over = [Kind::Space, Kind::LineComment, Kind::BlockComment, Kind::Semicolon];
                        prop_assert!(passed_over.contains(&token.kind), "{:?}", token);
                        joined.push_str(token.text);
                    }
                    joined.push_str(&text[span.start..span.end]);
                    at = span.end;
                }
                prop_assert_eq!(&joined, &text[..split.end]);
            }
        }
    }
}
