//! Several requests that the server takes together: behind one that fails, nothing is executed.

use bytes::BytesMut;
use postgres_types::Type;

use crate::connection::{Connection, Kind, Ticket};
use crate::request::{Parameters, Unfit, prepared, unnamed};
use crate::{Error, Prepared, frame};

/// Requests of a group, until it is dropped or [ended](Group::end).
pub struct Group<'c> {
    connection: &'c mut Connection,
    number: u64,
}

impl Connection {
    /// Begins a group. Each request of it gives a ticket, and the end of it one more; all are waited for in that order. Once
    /// one fails, no answers come but that of the end.
    ///
    /// # Errors
    /// If the connection has ended.
    pub fn group(&mut self) -> Result<Group<'_>, Error> {
        let ticket = self.ask(Kind::Grouped, |_| Ok(()))?;
        Ok(Group { connection: self, number: ticket.number })
    }
}

impl Group<'_> {
    /// Asks for a statement without parameters that gives no rows.
    ///
    /// # Errors
    /// As for [`Connection::simple`]; what was asked before stays.
    pub fn command(&mut self, sql: &str) -> Result<Ticket, Error> {
        self.part(|out| unnamed(sql, &Nothing, out))
    }

    /// Asks for a prepared statement to be executed.
    ///
    /// # Errors
    /// As for [`Connection::execute`]; what was asked before stays.
    pub fn execute(&mut self, statement: &Prepared, params: &dyn Parameters) -> Result<Ticket, Error> {
        self.part(|out| prepared(statement, params, out))
    }

    /// Asks for a statement to be executed that the server need not keep.
    ///
    /// # Errors
    /// As for [`Connection::execute_unnamed`]; what was asked before stays.
    pub fn execute_unnamed(&mut self, sql: &str, params: &dyn Parameters) -> Result<Ticket, Error> {
        self.part(|out| unnamed(sql, params, out))
    }

    /// Sends what has been written as far as that goes without waiting.
    pub fn push(&mut self) {
        self.connection.push();
    }

    /// Ends the group. Its end is answered whatever became of its requests.
    pub fn end(self) -> Ticket {
        Ticket { number: self.number, kind: Kind::Extended }
    }

    fn part(&mut self, write: impl FnOnce(&mut BytesMut) -> Result<(), Error>) -> Result<Ticket, Error> {
        self.connection.write(write)?;
        Ok(Ticket { number: self.number, kind: Kind::Grouped })
    }
}

impl Drop for Group<'_> {
    fn drop(&mut self) {
        frame::sync(&mut self.connection.outbound);
    }
}

/// No parameters.
struct Nothing;

impl Parameters for Nothing {
    fn len(&self) -> usize {
        0
    }

    fn declared(&self, _index: usize) -> Type {
        Type::UNKNOWN
    }

    fn is_text(&self, _index: usize, _ty: &Type) -> bool {
        false
    }

    fn write(&self, _index: usize, _ty: &Type, _out: &mut BytesMut) -> Result<bool, Unfit> {
        Ok(false)
    }
}
