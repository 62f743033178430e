//! Knows whether a semicolon stands inside the body of a trigger or of an SQL function.
//!
//! Inside a body every statement ends with a semicolon, so that the `END` which closes the body is the one that
//! follows a semicolon (or the opening); the `END` of a `CASE` never does.

/// What has been seen of one statement.
#[derive(Debug, Default)]
pub(crate) struct Body {
    prefix: Prefix,
    state: State,
}

/// How far the beginning of the statement looks like that of an object with a body.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum Prefix {
    #[default]
    Empty,
    Create,
    /// `CREATE FUNCTION` and `CREATE PROCEDURE`, whose body opens with BEGIN ATOMIC.
    Routine,
    /// `CREATE TRIGGER`, whose body opens with BEGIN.
    Trigger,
    /// Anything else.
    Other,
}

#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum State {
    #[default]
    Outside,
    /// BEGIN has been read, and ATOMIC must follow.
    Begun,
    /// Inside; an END here closes the body.
    AtStatementStart,
    /// Inside one of its statements.
    InStatement,
}

impl Body {
    /// Takes a word; `nested` says that it stands between parentheses, where it opens nothing.
    pub(crate) fn word(&mut self, word: &str, nested: bool) {
        let is = |name: &str| word.eq_ignore_ascii_case(name);
        self.prefix = match self.prefix {
            Prefix::Empty if is("CREATE") => Prefix::Create,
            Prefix::Create if is("FUNCTION") || is("PROCEDURE") => Prefix::Routine,
            Prefix::Create if is("TRIGGER") => Prefix::Trigger,
            Prefix::Create if ["OR", "REPLACE", "TEMP", "TEMPORARY"].into_iter().any(is) => Prefix::Create,
            Prefix::Empty | Prefix::Create => Prefix::Other,
            known => known,
        };
        self.state = match (self.state, self.prefix) {
            (State::Outside, Prefix::Routine) if !nested && is("BEGIN") => State::Begun,
            (State::Outside, Prefix::Trigger) if !nested && is("BEGIN") => State::AtStatementStart,
            (State::Begun, _) if is("ATOMIC") => State::AtStatementStart,
            (State::Begun | State::Outside, _) => State::Outside,
            (State::AtStatementStart, _) if is("END") => State::Outside,
            (State::AtStatementStart | State::InStatement, _) => State::InStatement,
        };
    }

    /// Takes a semicolon.
    pub(crate) fn semicolon(&mut self) {
        if self.is_open() {
            self.state = State::AtStatementStart;
        }
    }

    /// Takes any other token that is neither white space nor a comment.
    pub(crate) fn other(&mut self) {
        if self.prefix == Prefix::Empty {
            self.prefix = Prefix::Other;
        }
        self.state = match self.state {
            State::Begun => State::Outside,
            State::AtStatementStart => State::InStatement,
            state => state,
        };
    }

    /// A semicolon now would not end the statement.
    pub(crate) fn is_open(&self) -> bool {
        matches!(self.state, State::AtStatementStart | State::InStatement)
    }
}
