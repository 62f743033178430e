//! Answers: awaited in the order of asking; what nobody waits for is passed over.

use std::sync::Arc;

use crate::connection::{Connection, Kind, Ticket};
use crate::description::{Column, Described, columns, parameters};
use crate::request::Preparing;
use crate::row::{Row, cells};
use crate::{Error, Prepared, Refusal, frame};

/// The rows of a statement that the server has accepted.
#[derive(Debug)]
pub struct Rows {
    ticket: Ticket,
    columns: Arc<[Column]>,
    affected: u64,
}

impl Rows {
    /// The columns.
    pub fn columns(&self) -> &[Column] {
        &self.columns
    }

    /// How many rows the statement gave or wrote; known at its end.
    pub fn affected(&self) -> u64 {
        self.affected
    }
}

impl Connection {
    /// Waits until a request is answered, and passes over what it gives. Gives how many rows the last statement of it
    /// gave or wrote.
    ///
    /// # Errors
    /// If the server refuses, or the connection is lost. The same holds for all answers.
    pub async fn done(&mut self, ticket: Ticket) -> Result<u64, Error> {
        self.reach(&ticket).await?;
        let mut affected = 0;
        loop {
            match self.message().await? {
                frame::READY if ticket.kind == Kind::Grouped => return Err(Error::Skipped),
                frame::READY => return Ok(affected),
                frame::COMMAND_COMPLETE => {
                    affected = count(self.inbound.body());
                    if ticket.kind == Kind::Grouped {
                        return Ok(affected);
                    }
                }
                frame::EMPTY_QUERY if ticket.kind == Kind::Grouped => return Ok(0),
                frame::ERROR => return Err(self.refused()),
                frame::COPY_IN => self.refuse_copy(&ticket),
                frame::BIND_COMPLETE
                | frame::CLOSE_COMPLETE
                | frame::COPY_DATA
                | frame::COPY_DONE
                | frame::COPY_OUT
                | frame::DATA_ROW
                | frame::EMPTY_QUERY
                | frame::NO_DATA
                | frame::PARSE_COMPLETE
                | frame::PORTAL_SUSPENDED
                | frame::ROW_DESCRIPTION => {}
                _ => return Err(self.unexpected("to a statement")),
            }
        }
    }

    /// Waits until a statement is prepared. The types are still to be [resolved](Self::resolve), which asks the server
    /// once more for those that are not its own; so let all requests that are under way be answered first.
    ///
    /// # Errors
    /// As for [`done`](Self::done).
    pub async fn described(&mut self, preparing: Preparing) -> Result<Described, Error> {
        let Preparing { ticket, name } = preparing;
        self.reach(&ticket).await?;
        let mut described = Described { name, params: Vec::new(), columns: Vec::new() };
        loop {
            match self.message().await? {
                frame::READY => return Ok(described),
                frame::PARAMETER_DESCRIPTION => {
                    let params = parameters(self.inbound.body());
                    described.params = self.read(params)?;
                }
                frame::ROW_DESCRIPTION => {
                    let columns = columns(self.inbound.body());
                    described.columns = self.read(columns)?;
                }
                frame::ERROR => return Err(self.refused()),
                frame::CLOSE_COMPLETE | frame::PARSE_COMPLETE | frame::NO_DATA => {}
                _ => return Err(self.unexpected("to the preparing of a statement")),
            }
        }
    }

    /// Waits until a statement is prepared, where no other request is under way.
    ///
    /// # Errors
    /// As for [`done`](Self::done).
    pub async fn prepared(&mut self, preparing: Preparing) -> Result<Prepared, Error> {
        let described = self.described(preparing).await?;
        self.resolve(described).await
    }

    /// Waits until the server has accepted a statement, and takes its rows by [`next`](Self::next). `statement` is what
    /// was executed, if it was a prepared one.
    ///
    /// # Errors
    /// As for [`done`](Self::done).
    pub async fn accepted(&mut self, ticket: Ticket, statement: Option<&Prepared>) -> Result<Rows, Error> {
        self.reach(&ticket).await?;
        loop {
            match self.message().await? {
                frame::BIND_COMPLETE => {
                    if let Some(statement) = statement {
                        return Ok(Rows { ticket, columns: statement.shared_columns(), affected: 0 });
                    }
                }
                frame::ROW_DESCRIPTION => {
                    let columns = columns(self.inbound.body());
                    let columns = self.read(columns)?;
                    let columns = self.resolve_between(columns).await?;
                    return Ok(Rows { ticket, columns, affected: 0 });
                }
                frame::NO_DATA => return Ok(Rows { ticket, columns: Arc::new([]), affected: 0 }),
                frame::READY => return Err(Error::Skipped),
                frame::ERROR => return Err(self.refused()),
                frame::CLOSE_COMPLETE | frame::PARSE_COMPLETE => {}
                _ => return Err(self.unexpected("to a statement's parameters")),
            }
        }
    }

    /// The next row, or `None` when the request is answered.
    ///
    /// # Errors
    /// As for [`done`](Self::done).
    pub async fn next<'a>(&'a mut self, rows: &'a mut Rows) -> Result<Option<Row<'a>>, Error> {
        loop {
            match self.message().await? {
                frame::DATA_ROW => break,
                frame::READY if rows.ticket.kind == Kind::Grouped => return Err(Error::Skipped),
                frame::READY => return Ok(None),
                frame::COMMAND_COMPLETE => {
                    rows.affected = count(self.inbound.body());
                    if rows.ticket.kind == Kind::Grouped {
                        return Ok(None);
                    }
                }
                frame::EMPTY_QUERY if rows.ticket.kind == Kind::Grouped => return Ok(None),
                frame::ERROR => return Err(self.refused()),
                frame::COPY_IN => self.refuse_copy(&rows.ticket),
                frame::COPY_DATA
                | frame::COPY_DONE
                | frame::COPY_OUT
                | frame::EMPTY_QUERY
                | frame::PORTAL_SUSPENDED => {}
                _ => return Err(self.unexpected("among rows")),
            }
        }
        let found = cells(self.inbound.body(), &mut self.cells);
        self.read(found)?;
        Ok(Some(Row::new(self.inbound.body(), &self.cells, &rows.columns)))
    }

    /// Passes over the answers that come before that of a request.
    pub(crate) async fn reach(&mut self, ticket: &Ticket) -> Result<(), Error> {
        if self.answered >= ticket.number {
            return Err(Error::Skipped);
        }
        while self.answered + 1 < ticket.number {
            self.message().await?;
        }
        Ok(())
    }

    /// What the server has just said.
    pub(crate) fn refused(&mut self) -> Error {
        match Refusal::of(self.inbound.body()) {
            Ok(refusal) => Error::Refused(Box::new(refusal)),
            Err(error) => self.end(error),
        }
    }

    /// What the server has just said has no place here.
    pub(crate) fn unexpected(&mut self, what: &'static str) -> Error {
        self.end(Error::Unexpected(what))
    }
}

/// How many rows a CommandComplete tells: the number behind its last space, such as `INSERT 0 3`.
fn count(body: &[u8]) -> u64 {
    let text = body.strip_suffix(&[0]).unwrap_or(body);
    let digits = text.rsplit(|byte| *byte == b' ').next().unwrap_or_default();
    std::str::from_utf8(digits).ok().and_then(|digits| digits.parse().ok()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_word_of_a_tag_is_its_count() {
        for (tag, expected) in [(&b"INSERT 0 3\0"[..], 3), (b"SELECT 12\0", 12), (b"BEGIN\0", 0), (b"", 0)] {
            assert_eq!(count(tag), expected);
        }
    }
}
