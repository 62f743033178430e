//! Requests: written at once, answered later.

use bytes::{BufMut, BytesMut};
use postgres_types::Type;

use crate::connection::{Connection, Kind, Ticket};
use crate::prepared::Name;
use crate::{Error, Prepared, frame};

/// Results are asked for in binary form, all of them.
const BINARY: &[u8] = &[0, 1, 0, 1];

/// Why a parameter cannot be written.
pub type Unfit = Box<dyn std::error::Error + Send + Sync>;

/// The parameters of a request.
pub trait Parameters {
    /// How many there are.
    fn len(&self) -> usize;

    /// Whether there is none.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The type to declare where no prepared statement tells it.
    fn declared(&self, index: usize) -> Type;

    /// Whether the parameter travels in text form.
    fn is_text(&self, index: usize, ty: &Type) -> bool;

    /// Writes the parameter; `false` if it is NULL, and nothing was written.
    ///
    /// # Errors
    /// If it is no value of the type.
    fn write(&self, index: usize, ty: &Type, out: &mut BytesMut) -> Result<bool, Unfit>;
}

/// A statement that is being prepared.
#[derive(Debug)]
pub struct Preparing {
    pub(crate) ticket: Ticket,
    pub(crate) name: Name,
}

impl Connection {
    /// Asks for statements that are executed as they stand, one transaction if they do not say otherwise.
    ///
    /// # Errors
    /// If the text contains NUL or is too large, or the connection has ended. The same holds for all requests.
    pub fn simple(&mut self, sql: &str) -> Result<Ticket, Error> {
        self.ask(Kind::Simple, |out| frame::query(sql, out))
    }

    /// Asks the server to prepare a statement.
    ///
    /// # Errors
    /// As for [`simple`](Self::simple).
    pub fn prepare(&mut self, sql: &str) -> Result<Preparing, Error> {
        self.names += 1;
        self.prepare_as(format!("s{}", self.names), sql)
    }

    /// Asks what a statement takes and gives, without the server keeping it: what becomes of it can tell its types, and
    /// cannot be executed.
    ///
    /// # Errors
    /// As for [`simple`](Self::simple).
    pub fn describe(&mut self, sql: &str) -> Result<Preparing, Error> {
        self.prepare_as(String::new(), sql)
    }

    fn prepare_as(&mut self, name: String, sql: &str) -> Result<Preparing, Error> {
        let ticket = self.ask(Kind::Extended, |out| {
            frame::parse(&name, sql, &[], out)?;
            frame::describe(b'S', &name, out)?;
            frame::sync(out);
            Ok(())
        })?;
        Ok(Preparing { ticket, name: Name::new(name, self.orphans.clone()) })
    }

    /// Asks for a prepared statement to be executed.
    ///
    /// # Errors
    /// As for [`simple`](Self::simple), and if there are too few or too many parameters, or one is no value of its type.
    pub fn execute(&mut self, statement: &Prepared, params: &dyn Parameters) -> Result<Ticket, Error> {
        self.ask(Kind::Extended, |out| {
            prepared(statement, params, out)?;
            frame::sync(out);
            Ok(())
        })
    }

    /// Asks for a statement to be executed that the server need not keep.
    ///
    /// # Errors
    /// As for [`simple`](Self::simple), and if a parameter is no value of its type.
    pub fn execute_unnamed(&mut self, sql: &str, params: &dyn Parameters) -> Result<Ticket, Error> {
        self.ask(Kind::Extended, |out| {
            unnamed(sql, params, out)?;
            frame::sync(out);
            Ok(())
        })
    }

    /// Writes a request. If it cannot be written, nothing of it stays.
    pub(crate) fn ask(
        &mut self,
        kind: Kind,
        write: impl FnOnce(&mut BytesMut) -> Result<(), Error>,
    ) -> Result<Ticket, Error> {
        self.alive()?;
        self.give_up_copy();
        let orphans = self.orphans.take();
        if !orphans.is_empty() {
            let mut closing = BytesMut::new();
            for name in &orphans {
                frame::close(name, &mut closing)?;
            }
            self.outbound.put_slice(&closing);
        }
        self.write(write)?;
        self.asked += 1;
        Ok(Ticket { number: self.asked, kind })
    }

    /// Writes messages. If they cannot be written, nothing of them stays.
    pub(crate) fn write(
        &mut self,
        write: impl FnOnce(&mut BytesMut) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let start = self.outbound.len();
        let written = write(&mut self.outbound);
        if written.is_err() {
            self.outbound.truncate(start);
        }
        written
    }
}

/// Executes a prepared statement.
pub(crate) fn prepared(
    statement: &Prepared,
    params: &dyn Parameters,
    out: &mut BytesMut,
) -> Result<(), Error> {
    let (expected, given) = (statement.params().len(), params.len());
    if expected != given {
        return Err(Error::Parameters { expected, given });
    }
    bind(statement.name(), statement.params(), params, out)?;
    frame::execute(out);
    Ok(())
}

/// Executes a statement that the server need not keep.
pub(crate) fn unnamed(sql: &str, params: &dyn Parameters, out: &mut BytesMut) -> Result<(), Error> {
    let types: Vec<Type> = (0..params.len()).map(|index| params.declared(index)).collect();
    let known = |ty: &Type| if *ty == Type::UNKNOWN { 0 } else { ty.oid() };
    let numbers: Vec<u32> = types.iter().map(known).collect();
    frame::parse("", sql, &numbers, out)?;
    bind("", &types, params, out)?;
    frame::describe(b'P', "", out)?;
    frame::execute(out);
    Ok(())
}

/// Gives the portal without a name its statement and parameters.
fn bind(name: &str, types: &[Type], params: &dyn Parameters, out: &mut BytesMut) -> Result<(), Error> {
    let count = u16::try_from(types.len()).map_err(|_| Error::TooLarge)?;
    frame::frame(b'B', out, |out| {
        out.put_u8(0);
        frame::text(name, out)?;
        out.put_u16(count);
        for (index, ty) in types.iter().enumerate() {
            out.put_u16(u16::from(!params.is_text(index, ty)));
        }
        out.put_u16(count);
        for (index, ty) in types.iter().enumerate() {
            let start = out.len();
            out.put_i32(-1);
            if params.write(index, ty, out).map_err(Error::Unfit)? {
                frame::put_length(start, out.len() - start - 4, out)?;
            }
        }
        out.put_slice(BINARY);
        Ok(())
    })
}
